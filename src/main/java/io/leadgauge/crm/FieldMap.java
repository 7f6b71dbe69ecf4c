package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * A property of the CRM and how to read its text.
   *
   * @param property the platform's own name
   * @param type how its text is read
   * @param object the type of the record that holds it: {@code contact}, or {@code company} for the
   *     one that the contact works at
   */
  public record Field(String property, FieldType type, String object) {
    /** Makes a property of the contact itself. */
    public Field(String property, FieldType type) {
      this(property, type, RecordRef.CONTACT);
    }

    /** Tells whether the contact itself holds it. */
    public boolean isOfContact() {
      return object.equals(RecordRef.CONTACT);
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
