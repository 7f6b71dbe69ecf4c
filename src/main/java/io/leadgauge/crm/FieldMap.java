package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's neutral property names lead in this CRM.
 *
 * @param fields by neutral name; copied
 */
public record FieldMap(SortedMap<String, Field> fields) {
  /** Begins the raw name of a property that a model uses directly. */
  public static final String RAW_PREFIX = "crm:";

  public FieldMap {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /**
   * Where the CRM holds a property, and how to read its text.
   *
   * @param type how its text is read
   * @param properties the platform's own name of it by the type of the records that hold it: {@code
   *     contact}, {@code lead}, or {@code company} for the one that the contact works at; copied
   */
  public record Field(FieldType type, SortedMap<String, String> properties) {
    public Field {
      properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** Makes a property that records of these types hold under one name. */
    public static Field of(String property, FieldType type, Collection<String> holders) {
      SortedMap<String, String> properties = new TreeMap<>();
      holders.forEach(holder -> properties.put(holder, property));
      return new Field(type, properties);
    }

    /** Returns the name under which records of a type hold it; null if they do not. */
    public @Nullable String in(String holder) {
      return properties.get(holder);
    }

    /** Tells whether persons of a type do not hold it themselves, but the company of one does. */
    public boolean isOfCompanyOf(String person) {
      return !properties.containsKey(person)
          && person.equals(RecordRef.CONTACT)
          && properties.containsKey(RecordRef.COMPANY);
    }
  }

  /** How the text of a CRM property is read. */
  public enum FieldType {
    /** As it stands. */
    TEXT,
    /** A number, perhaps with thousands separators or a currency around it. */
    NUMBER,
    /** A range such as {@code 51-200} or {@code 1000+}, read as its lower bound. */
    RANGE,
    /** {@code true} or {@code false} in the CRM's spelling. */
    BOOLEAN,
    /** A date or an instant, as ISO 8601 text or milliseconds. */
    INSTANT
  }
}
