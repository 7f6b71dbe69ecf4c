package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Finding;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Use;
import io.leadgauge.crm.StageMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a contact keeps of the lead that it was. Salesforce moves the standard fields; a custom one
 * only where it is mapped, and no API that a scoring user may call says whether it is.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_convertlead.htm">Salesforce:
 *     convertLead</a>
 */
final class ConversionFit {
  private static final String MAP =
      "Setup, Object Manager, Lead, Fields & Relationships, Map Lead Fields";

  private final String area;
  private final PortalNeeds needs;
  private final SortedMap<String, OrgField> leads;
  private final SortedMap<String, OrgField> contacts;

  private ConversionFit(
      String area,
      PortalNeeds needs,
      SortedMap<String, OrgField> leads,
      SortedMap<String, OrgField> contacts) {
    this.area = area;
    this.needs = needs;
    this.leads = leads;
    this.contacts = contacts;
  }

  /**
   * Looks at what is read of leads.
   *
   * @param described the fields of each object by its API name
   */
  static List<Finding> of(
      String area, PortalNeeds needs, SortedMap<String, SortedMap<String, OrgField>> described) {
    SortedMap<String, OrgField> leads = described.get("Lead");
    SortedMap<String, OrgField> contacts = described.get("Contact");
    return leads == null || contacts == null
        ? List.of()
        : new ConversionFit(area, needs, leads, contacts).look();
  }

  private List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    SortedMap<String, String> ofContacts = named("contact");
    SortedMap<String, String> mapped = new TreeMap<>();
    named("lead")
        .forEach(
            (name, field) -> {
              String contact = ofContacts.get(name);
              if (contact == null) {
                findings.add(lost(name, field));
              } else if (isCustom(field)) {
                mapped.put(field, contact);
              }
            });
    StageMap stages = needs.stages();
    if (stages != null && isCustom(stages.property()) && contacts.containsKey(stages.property())) {
      mapped.put(stages.property(), stages.property());
    }
    findings.add(mapped.isEmpty() ? moved() : unknown(mapped));
    return findings;
  }

  private boolean isCustom(String field) {
    OrgField described = leads.get(field);
    return described != null && described.isCustom();
  }

  /** Returns the field that holds each property of the models, of one type of persons. */
  private SortedMap<String, String> named(String type) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (Read read : needs.reads()) {
      if (read.object().equals(type) && read.use() instanceof Use.Value value) {
        fields.put(value.name(), read.property());
      }
    }
    return fields;
  }

  private Finding lost(String name, String field) {
    boolean ofCompany =
        needs.reads().stream()
            .anyMatch(
                read ->
                    read.object().equals("company")
                        && read.use() instanceof Use.Value value
                        && value.name().equals(name));
    return ofCompany
        ? Finding.ok(area, "Lead." + field, "is read of the account once the lead is a contact")
        : Finding.warning(
            area,
            "Lead." + field,
            "is read of leads alone: a contact that was a lead has no " + name,
            "say in fields which field of contacts holds it, and map the two in " + MAP);
  }

  private Finding moved() {
    return Finding.ok(area, "conversion", "Salesforce moves all that is read of leads");
  }

  private Finding unknown(SortedMap<String, String> mapped) {
    SortedSet<String> pairs = new TreeSet<>();
    mapped.forEach((lead, contact) -> pairs.add(lead + " to " + contact));
    return Finding.warning(
        area,
        "conversion",
        "custom fields of a lead move to the contact only if they are mapped, which nobody but an"
            + " administrator can see",
        "map " + String.join(", ", pairs) + " in " + MAP);
  }
}
