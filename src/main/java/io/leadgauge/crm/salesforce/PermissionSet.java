package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The permission set of the user whom Leadgauge is: what a connection reads and writes, and no
 * other field. A field without field-level security of its own must not stand in it: Salesforce
 * refuses the whole set then ("You cannot deploy to a required field").
 */
final class PermissionSet {
  /** The standard fields that everybody sees who sees the record, by their object. */
  private static final Map<String, Set<String>> ALWAYS_SEEN =
      Map.of(
          "Lead", Set.of("Company", "Status"),
          "Contact", Set.of(),
          "Account", Set.of(),
          "Opportunity",
              Set.of(
                  "CloseDate",
                  "FiscalQuarter",
                  "FiscalYear",
                  "ForecastCategory",
                  "ForecastCategoryName",
                  "HasOpportunityLineItem",
                  "IsClosed",
                  "IsWon",
                  "StageName"));

  /** The fields of every object that everybody sees who sees the record. */
  private static final Set<String> SYSTEM =
      Set.of(
          "CreatedById",
          "CreatedDate",
          "CurrencyIsoCode",
          "FirstName",
          "Id",
          "IsConverted",
          "IsDeleted",
          "LastActivityDate",
          "LastModifiedById",
          "LastModifiedDate",
          "LastName",
          "MasterRecordId",
          "Name",
          "OwnerId",
          "RecordTypeId",
          "Salutation",
          "SystemModstamp");

  /** The fields of an address are permitted as one, by the beginning of their names. */
  private static final Map<String, Map<String, String>> ADDRESSES =
      Map.of(
          "Lead", Map.of("", "Address"),
          "Contact", Map.of("Mailing", "MailingAddress", "Other", "OtherAddress"),
          "Account", Map.of("Billing", "BillingAddress", "Shipping", "ShippingAddress"));

  private static final List<String> ADDRESS_PARTS =
      List.of(
          "City",
          "Country",
          "CountryCode",
          "GeocodeAccuracy",
          "Latitude",
          "Longitude",
          "PostalCode",
          "State",
          "StateCode",
          "Street");

  /** Objects whose standard fields have, but for a few, no field-level security of their own. */
  private static final Set<String> FREE = Set.of("Task", "Event", "CampaignMember");

  private final PortalNeeds needs;
  private final SortedMap<String, Boolean> fields = new TreeMap<>();

  private PermissionSet(PortalNeeds needs) {
    this.needs = needs;
  }

  /** Returns the file that makes it. */
  static String of(PortalNeeds needs) {
    return new PermissionSet(needs).text();
  }

  private String text() {
    List<MessagedObject> objects = MessagedObject.of(needs);
    objects.forEach(this::read);
    objects.stream().filter(MessagedObject::isPerson).forEach(this::write);
    return MetadataXml.of("PermissionSet", this::put);
  }

  // Fields

  private void read(MessagedObject object) {
    for (String field : object.carried(needs)) {
      String permitted = permitted(object.object(), field);
      if (permitted != null) {
        boolean written = object.type().equals(RecordRef.TASK) && field.equals(TaskCalls.KEY);
        fields.merge(object.object() + "." + permitted, written, Boolean::logicalOr);
      }
    }
  }

  private void write(MessagedObject object) {
    SortedSet<String> written = new TreeSet<>();
    needs.targets().forEach(target -> written.add(target.property()));
    StageMap stages = needs.stages();
    if (stages != null) {
      written.add(stages.property());
    }
    for (String field : written) {
      String name = object.object() + "." + permitted(object.object(), field);
      fields.computeIfPresent(name, (same, before) -> true);
    }
  }

  /** Returns what permits a field: itself, or its address; null if nothing has to. */
  private static @Nullable String permitted(String object, String field) {
    if (field.endsWith("__c")) {
      return field;
    }
    boolean free =
        SYSTEM.contains(field)
            || FREE.contains(object)
            || field.startsWith("Converted")
            || ALWAYS_SEEN.getOrDefault(object, Set.of()).contains(field);
    return free ? null : address(object, field);
  }

  private static String address(String object, String field) {
    for (Map.Entry<String, String> one : ADDRESSES.getOrDefault(object, Map.of()).entrySet()) {
      String prefix = one.getKey();
      if (field.startsWith(prefix) && ADDRESS_PARTS.contains(field.substring(prefix.length()))) {
        return one.getValue();
      }
    }
    return field;
  }

  // The file

  private void put(MetadataXml xml) {
    xml.put("description", "What Leadgauge reads and writes. Give it to its own user alone.");
    fields.forEach(
        (field, editable) ->
            xml.put(
                "fieldPermissions",
                one -> one.put("editable", editable).put("field", field).put("readable", true)));
    xml.put("hasActivationRequired", false);
    xml.put("label", "Leadgauge");
    objects()
        .forEach((object, edits) -> xml.put("objectPermissions", one -> put(object, edits, one)));
    for (String permission : userPermissions()) {
      xml.put("userPermissions", one -> one.put("enabled", true).put("name", permission));
    }
  }

  /** Returns whether each object is edited; contacts cannot be read without their accounts. */
  private SortedMap<String, Boolean> objects() {
    SortedMap<String, Boolean> objects =
        new TreeMap<>(Map.of("Account", false, "Contact", true, "Lead", true));
    SortedSet<String> read = needs.objects();
    if (read.contains(RecordRef.DEAL)) {
      objects.put("Opportunity", false);
    }
    if (read.contains(ObjectTypes.CAMPAIGN_MEMBER)) {
      objects.put("Campaign", false);
    }
    return objects;
  }

  private static void put(String object, boolean edits, MetadataXml one) {
    one.put("allowCreate", false)
        .put("allowDelete", false)
        .put("allowEdit", edits)
        .put("allowRead", true)
        .put("modifyAllRecords", false)
        .put("object", object)
        .put("viewAllRecords", true);
  }

  private SortedSet<String> userPermissions() {
    SortedSet<String> permissions = new TreeSet<>(List.of("ApiEnabled"));
    if (needs.handsOff()) {
      permissions.add("EditTask");
    }
    return permissions;
  }
}
