package io.leadgauge.crm;

/** How much of a result reaches the CRM. A connection starts in {@link #SHADOW}. */
public enum Mode {
  /** All is computed and shown, nothing is written. */
  SHADOW,
  /** Score, grade, label, reasons and the like are written; stages and tasks are not. */
  FIELDS,
  /** Stages and hand-off tasks too. */
  FULL
}
