package io.leadgauge.crm;

/** The platforms that Leadgauge speaks with. */
public enum CrmKind {
  HUBSPOT
}
