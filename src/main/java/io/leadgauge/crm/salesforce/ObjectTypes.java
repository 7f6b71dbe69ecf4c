package io.leadgauge.crm.salesforce;

final class ObjectTypes {
  private ObjectTypes() {}

  static String name(String type) {
    return type.equals("email")
        ? "EmailMessage"
        : MessagedObject.of(type).map(MessagedObject::object).orElse(type);
  }
}
