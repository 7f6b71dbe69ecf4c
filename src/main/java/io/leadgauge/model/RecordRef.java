package io.leadgauge.model;

import java.util.Comparator;
import java.util.Locale;

/**
 * The key under which facts are stored and never moved: one record of a CRM as one connection knows
 * it.
 *
 * @param connection whose portal or org holds the record
 * @param type the kind of record in neutral words: {@code contact}, {@code lead}, {@code company},
 *     {@code deal}, or the platform's own name where there is no neutral one
 * @param id the platform's id of the record, as text
 */
public record RecordRef(ConnectionId connection, String type, String id)
    implements Comparable<RecordRef> {
  /** The type of the persons that are scored. */
  public static final String CONTACT = "contact";

  /**
   * The type of the persons that a CRM keeps apart until somebody has qualified them; they are
   * scored like contacts, and become one.
   */
  public static final String LEAD = "lead";

  /** The type of the organisations that contacts work at. */
  public static final String COMPANY = "company";

  /** The type of the business that is hoped for or won with contacts. */
  public static final String DEAL = "deal";

  /** The type of the tasks that people have with contacts. */
  public static final String TASK = "task";

  /**
   * The type of the keys of what is told of an e-mail address, and not of a contact: it counts for
   * whoever has the address.
   */
  public static final String EMAIL_ADDRESS = "email_address";

  /**
   * The type of the keys of what is told of somebody by the name that a source gave them before it
   * was known who they are: it counts for whoever they turn out to be.
   */
  public static final String VISITOR = "visitor";

  private static final Comparator<RecordRef> ORDER =
      Comparator.comparing(RecordRef::connection)
          .thenComparing(RecordRef::type)
          .thenComparing(RecordRef::id);

  public RecordRef {
    if (type.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException("record without type or id: '" + type + "/" + id + "'");
    }
  }

  /** Returns the contact with this id. */
  public static RecordRef contact(ConnectionId connection, String id) {
    return new RecordRef(connection, CONTACT, id);
  }

  /** Returns the key of what is told of an e-mail address; its case means nothing. */
  public static RecordRef emailAddress(ConnectionId connection, String address) {
    return new RecordRef(connection, EMAIL_ADDRESS, address.strip().toLowerCase(Locale.ROOT));
  }

  /** Returns the key of what is told of a visitor by this name, to the letter. */
  public static RecordRef visitor(ConnectionId connection, String name) {
    return new RecordRef(connection, VISITOR, name);
  }

  /** Tells whether this is a person, who can be scored: a contact, or a lead. */
  public boolean isContact() {
    return isContact(type);
  }

  /**
   * Tells whether this is no record of the CRM but a name by which something is told of somebody.
   */
  public boolean isAlias() {
    return type.equals(EMAIL_ADDRESS) || type.equals(VISITOR);
  }

  /** Tells whether records of this type are persons, who can be scored. */
  public static boolean isContact(String type) {
    return type.equals(CONTACT) || type.equals(LEAD);
  }

  @Override
  public int compareTo(RecordRef other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code connection/type/id}. */
  @Override
  public String toString() {
    return connection + "/" + type + "/" + id;
  }
}
