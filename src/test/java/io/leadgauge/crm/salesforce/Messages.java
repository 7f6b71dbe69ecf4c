package io.leadgauge.crm.salesforce;

import java.util.ArrayList;
import java.util.List;

/** Writes outbound messages as Salesforce does. */
public final class Messages {
  /** A lead. */
  public static final String ANN = "00Q5f000005bwLFEAY";

  /** Another lead. */
  public static final String BOB = "00Q2X00001OPBbQUAX";

  /** When leads were last modified. */
  public static final String AT = "2026-09-08T23:40:33.000Z";

  private final String organizationId;
  private final List<String> notifications = new ArrayList<>();
  private String session = "<SessionId xsi:nil=\"true\"/>";

  private Messages(String organizationId) {
    this.organizationId = organizationId;
  }

  /** Begins a message of the org of the tests. */
  public static Messages message() {
    return new Messages(OrgInTests.ORG);
  }

  static Messages message(String organizationId) {
    return new Messages(organizationId);
  }

  /** Adds a record; fields are written as they stand. */
  public Messages with(String object, String id, String fields) {
    return withNotification(
        "<sObject xsi:type=\"sf:"
            + object
            + "\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"><sf:Id>"
            + id
            + "</sf:Id>"
            + fields
            + "</sObject>");
  }

  /** Adds a lead that was modified at {@link #AT}. */
  public Messages withLead(String id, String... fields) {
    return with("Lead", id, fields(fields) + field("SystemModstamp", AT));
  }

  /** Adds a notification with whatever stands in it. */
  public Messages withNotification(String sObject) {
    String id = "<Id>04lxx000000CaS" + (char) ('a' + notifications.size() % 26) + "AAK</Id>";
    notifications.add("<Notification>" + id + sObject + "</Notification>");
    return this;
  }

  Messages session(String element) {
    session = element;
    return this;
  }

  /** Writes name and value, in turn. */
  public static String fields(String... fields) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      text.append(field(fields[i], fields[i + 1]));
    }
    return text.toString();
  }

  /** Writes a field with its value. */
  public static String field(String name, String value) {
    return "<sf:" + name + ">" + escaped(value) + "</sf:" + name + ">";
  }

  static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
     <soapenv:Body>
      <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
       <OrganizationId>%s</OrganizationId>
       <ActionId>04kxx00000000blAAA</ActionId>
       %s
       <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/67.0/00Dxx</EnterpriseUrl>
       <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/67.0/00Dxx</PartnerUrl>
       %s
      </notifications>
     </soapenv:Body>
    </soapenv:Envelope>
    """
        .formatted(organizationId, session, String.join("\n   ", notifications));
  }
}
