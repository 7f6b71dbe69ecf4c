package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.PropertiesAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The fields of persons: what holds for leads and contacts alike, and what only one of them has.
 */
final class PersonProperties {
  private PersonProperties() {}

  static PropertiesAnswer read(SalesforceCalls calls) {
    List<SortedMap<String, OrgField>> objects = new ArrayList<>();
    for (String type : SalesforceClient.PERSONS) {
      switch (Description.of(calls, ObjectTypes.name(type))) {
        case Description.Told told -> objects.add(told.fields());
        case Description.Untold untold -> {
          return failed(untold.trouble());
        }
      }
    }
    return of(objects.getFirst(), objects.getLast());
  }

  private static PropertiesAnswer of(
      SortedMap<String, OrgField> leads, SortedMap<String, OrgField> contacts) {
    Map<String, CrmProperty> properties = new HashMap<>();
    Map<String, CrmProperty> ofSome = new HashMap<>();
    leads.forEach(
        (name, field) -> {
          OrgField other = contacts.get(name);
          if (other == null) {
            ofSome.put(name, both(field, field));
          } else {
            properties.put(name, both(field, other));
          }
        });
    contacts.forEach(
        (name, field) -> {
          if (!leads.containsKey(name)) {
            ofSome.put(name, both(field, field));
          }
        });
    return new PropertiesAnswer(properties, ofSome, null);
  }

  private static CrmProperty both(OrgField one, OrgField other) {
    return new CrmProperty(one.name(), options(one, other), one.updateable() && other.updateable());
  }

  /** Only what both take is taken; a picklist that is not restricted takes any value. */
  private static List<String> options(OrgField one, OrgField other) {
    if (!one.restricted()) {
      return other.restricted() ? other.options() : List.of();
    }
    List<String> shared = new ArrayList<>(one.options());
    if (other.restricted()) {
      shared.retainAll(other.options());
    }
    return shared;
  }

  private static PropertiesAnswer failed(CallTrouble trouble) {
    return new PropertiesAnswer(Map.of(), trouble);
  }
}
