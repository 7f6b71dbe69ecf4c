package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.Dice;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes outbound messages: SOAP 1.1, the records as they are now, empty fields left out, the id
 * first and the other fields by the alphabet. There is no session id any more (since February
 * 2026).
 */
final class SoapMessage {
  private static final String INSTANCE = "https://acme.my.salesforce.com/services/Soap/";
  private static final List<String> EMPTY_FORMS = List.of("nothing", "nil", "id");

  private final Org org;
  private final Dice dice;

  SoapMessage(Org org, Dice dice) {
    this.org = org;
    this.dice = dice;
  }

  Buffer of(Subscription subscription, List<Parcel> parcels) {
    StringBuilder xml = new StringBuilder(1024);
    String versioned = "/" + Version.LATEST + "/" + RecordId.shortened(org.id());
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"")
        .append(" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"")
        .append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n")
        .append(" <soapenv:Body>\n")
        .append("  <notifications xmlns=\"http://soap.sforce.com/2005/09/outbound\">\n")
        .append("   <OrganizationId>")
        .append(org.id())
        .append("</OrganizationId>\n")
        .append("   <ActionId>")
        .append(subscription.actionId())
        .append("</ActionId>\n")
        .append("   <SessionId xsi:nil=\"true\"/>\n")
        .append("   <EnterpriseUrl>")
        .append(INSTANCE)
        .append('c')
        .append(versioned)
        .append("</EnterpriseUrl>\n")
        .append("   <PartnerUrl>")
        .append(INSTANCE)
        .append('u')
        .append(versioned)
        .append("</PartnerUrl>\n");
    for (Parcel parcel : parcels) {
      notification(xml, subscription, parcel);
    }
    xml.append("  </notifications>\n </soapenv:Body>\n</soapenv:Envelope>");
    return Buffer.buffer(xml.toString());
  }

  private void notification(StringBuilder xml, Subscription subscription, Parcel parcel) {
    xml.append("   <Notification>\n    <Id>").append(parcel.id()).append("</Id>\n");
    xml.append("    <sObject xsi:type=\"sf:").append(subscription.object());
    xml.append("\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">\n");
    Optional<Row> row = org.find(parcel.recordId()).filter(found -> !found.isDeleted());
    if (row.isPresent()) {
      field(xml, "Id", parcel.recordId());
      values(subscription, row.get()).forEach((name, value) -> field(xml, name, value));
    } else {
      withoutData(xml, parcel);
    }
    xml.append("    </sObject>\n   </Notification>\n");
  }

  /** A record that is gone: there is no word on how that looks, so it looks one way or another. */
  private void withoutData(StringBuilder xml, Parcel parcel) {
    String form =
        org.settings()
            .emptyNotification()
            .orElseGet(() -> EMPTY_FORMS.get(dice.below(EMPTY_FORMS.size())));
    switch (form) {
      case "nil" -> xml.append("     <sf:Id xsi:nil=\"true\"/>\n");
      case "id" -> field(xml, "Id", parcel.recordId());
      default -> {}
    }
  }

  private static SortedMap<String, String> values(Subscription subscription, Row row) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String name : subscription.fields()) {
      row.value(name).ifPresent(value -> values.put(name, value));
    }
    values.remove("Id");
    return values;
  }

  private static void field(StringBuilder xml, String name, String value) {
    xml.append("     <sf:").append(name).append('>');
    value
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '\r' -> xml.append("&#xD;");
                default -> {
                  if (point >= ' ' || point == '\n' || point == '\t') {
                    xml.appendCodePoint(point);
                  }
                }
              }
            });
    xml.append("</sf:").append(name).append(">\n");
  }
}
