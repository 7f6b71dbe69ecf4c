package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What in the CRM is really an activity of a contact.
 *
 * <p>A date property of the contact itself: each new date is one more time that it happened, and
 * the properties set at that same instant describe it. Or a record of its own that is associated
 * with the contact, such as a meeting: each one is one activity, described by what it holds now.
 *
 * @param type the activity's type in the model's words
 * @param object the type of the records that hold it: {@code contact} or {@code lead}, or such as
 *     {@code meeting}
 * @param at the date property; its value is the instant of the activity
 * @param attributes the describing property of each attribute; copied
 */
public record ActivityMap(
    String type, String object, String at, SortedMap<String, String> attributes) {
  public ActivityMap {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** Makes an activity of a date property of the contact itself. */
  public ActivityMap(String type, String at, SortedMap<String, String> attributes) {
    this(type, RecordRef.CONTACT, at, attributes);
  }

  /** The attribute that tells records of their own apart: it is there without being mapped. */
  public static final String ID = "id";

  /** Tells whether an activity has this attribute. */
  public boolean describes(String attribute) {
    return attributes.containsKey(attribute) || (!isOfContact() && attribute.equals(ID));
  }

  /** Tells whether the person holds it, and not a record of its own. */
  public boolean isOfContact() {
    return RecordRef.isContact(object);
  }

  /** Returns all its properties: the date and what describes it. */
  public SortedSet<String> properties() {
    SortedSet<String> names = new TreeSet<>(attributes.values());
    names.add(at);
    return names;
  }
}
