package io.leadgauge.store;

import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which records are one person: the contacts that were merged or converted into one another; the
 * calls, meetings, e-mails, notes and tasks that no other contact shares; what was told of e-mail
 * addresses that no other contact has, and of visitors who were nobody else. Companies, deals and
 * whatever else a contact may be associated with are not part of the person.
 */
final class PersonRecords {
  /** The types of records that are about the contacts that they are linked from. */
  static final Set<String> ENGAGEMENTS =
      Set.of(
          "call",
          "campaign_member",
          "communication",
          "email",
          "meeting",
          "note",
          "postal_mail",
          "task");

  private final Connection connection;

  PersonRecords(Connection connection) {
    this.connection = connection;
  }

  /** Returns all records of the person that a record belongs to, that one first. */
  Set<RecordRef> of(RecordRef person) throws SQLException {
    Set<RecordRef> same = contacts(person);
    Set<RecordRef> all = new LinkedHashSet<>(same);
    for (RecordRef contact : same) {
      for (Link link : from(contact)) {
        boolean engagement = link.kind() == LinkKind.ASSOCIATED_WITH && isEngagement(link.to());
        // Also one that is linked no more: a CRM may undo the links of a contact as it deletes it.
        if (engagement && isOnlyOf(link.to(), same)) {
          all.add(link.to());
        }
      }
      all.addAll(handedOver(contact));
      for (RecordRef address : addresses(contact)) {
        if (same.containsAll(holders(address)) && isOnlyOf(address, same)) {
          all.add(address);
        }
      }
    }
    addVisitors(all);
    return all;
  }

  /** A visitor that was told together with somebody else as well is theirs, too. */
  private void addVisitors(Set<RecordRef> all) throws SQLException {
    for (RecordRef one : List.copyOf(all)) {
      for (Link link : one.isContact() || one.isAlias() ? from(one) : List.<Link>of()) {
        boolean visitor = link.to().type().equals(RecordRef.VISITOR);
        if (visitor && all.containsAll(toldWith(link.to()))) {
          all.add(link.to());
        }
      }
    }
  }

  private Set<RecordRef> toldWith(RecordRef visitor) throws SQLException {
    Set<RecordRef> others = new LinkedHashSet<>();
    for (Link link : to(visitor)) {
      others.add(link.from());
    }
    for (Link link : from(visitor)) {
      others.add(link.to());
    }
    return others;
  }

  /** Returns the tasks that we made for a contact; the CRM may not have told of them yet. */
  private List<RecordRef> handedOver(RecordRef contact) throws SQLException {
    return refs(
        """
        SELECT task FROM record r JOIN intent i ON i.record = r.id
        WHERE r.connection = ? AND type = ? AND object_id = ? AND task IS NOT NULL\
        """,
        contact,
        id -> new RecordRef(contact.connection(), RecordRef.TASK, id));
  }

  private Set<RecordRef> addresses(RecordRef contact) throws SQLException {
    Set<RecordRef> addresses =
        new LinkedHashSet<>(
            refs(
                """
                SELECT DISTINCT lower(value) FROM record JOIN property_fact
                  ON record = id AND property IN ('email', 'Email')
                WHERE connection = ? AND type = ? AND object_id = ? AND trim(value) <> ''\
                """,
                contact,
                address -> RecordRef.emailAddress(contact.connection(), address)));
    for (Link link : from(contact)) {
      if (link.kind() == LinkKind.HAS_EMAIL) {
        addresses.add(link.to());
      }
    }
    return addresses;
  }

  /** Returns the contacts that have, or had, an address. */
  private List<RecordRef> holders(RecordRef address) throws SQLException {
    return holders(connection, address);
  }

  static List<RecordRef> holders(Connection connection, RecordRef address) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT DISTINCT type, object_id FROM property_fact JOIN record ON id = record
            WHERE property IN ('email', 'Email') AND lower(value) = ? AND +connection = ?
              AND type IN ('contact', 'lead')\
            """)) {
      statement.setString(1, address.id());
      statement.setString(2, address.connection().name());
      List<RecordRef> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(new RecordRef(address.connection(), row.getString(1), row.getString(2)));
        }
      }
      return found;
    }
  }

  private List<RecordRef> refs(String sql, RecordRef of, Function<String, RecordRef> ref)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, of.connection().name());
      statement.setString(2, of.type());
      statement.setString(3, of.id());
      return read(statement, ref);
    }
  }

  private static List<RecordRef> read(PreparedStatement statement, Function<String, RecordRef> ref)
      throws SQLException {
    List<RecordRef> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(ref.apply(row.getString(1)));
      }
    }
    return found;
  }

  private static boolean isEngagement(RecordRef ref) {
    return ENGAGEMENTS.contains(ref.type());
  }

  private Set<RecordRef> contacts(RecordRef person) throws SQLException {
    Set<RecordRef> same = new LinkedHashSet<>(List.of(person));
    Deque<RecordRef> open = new ArrayDeque<>(same);
    while (!open.isEmpty()) {
      RecordRef one = open.removeFirst();
      List<Link> links = new ArrayList<>(from(one));
      links.addAll(to(one));
      for (Link link : links) {
        RecordRef other = link.to().equals(one) ? link.from() : link.to();
        if (link.kind().isSuccession() && holds(link) && same.add(other)) {
          open.add(other);
        }
      }
    }
    return same;
  }

  private boolean isOnlyOf(RecordRef linked, Collection<RecordRef> contacts) throws SQLException {
    for (Link link : to(linked)) {
      if (link.from().isContact() && !contacts.contains(link.from()) && holds(link)) {
        return false;
      }
    }
    return true;
  }

  private record Link(RecordRef from, LinkKind kind, RecordRef to) {}

  private List<Link> from(RecordRef ref) throws SQLException {
    return links(
        """
        SELECT DISTINCT r.type, r.object_id, kind, to_type, to_id
        FROM record r JOIN link_fact ON record = r.id
        WHERE connection = ? AND r.type = ? AND r.object_id = ?\
        """,
        ref);
  }

  /** Returns the links that lead to a record. */
  private List<Link> to(RecordRef ref) throws SQLException {
    return links(
        """
        SELECT DISTINCT r.type, r.object_id, kind, to_type, to_id
        FROM link_fact JOIN record r ON r.id = record
        WHERE +connection = ? AND to_type = ? AND to_id = ?\
        """,
        ref);
  }

  private List<Link> links(String sql, RecordRef ref) throws SQLException {
    List<Link> links = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, ref.connection().name());
      statement.setString(2, ref.type());
      statement.setString(3, ref.id());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          links.add(
              new Link(
                  new RecordRef(ref.connection(), row.getString(1), row.getString(2)),
                  LinkKind.valueOf(row.getString(3)),
                  new RecordRef(ref.connection(), row.getString(4), row.getString(5))));
        }
      }
    }
    return links;
  }

  private boolean holds(Link link) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT value FROM record r JOIN link_fact ON record = r.id
            WHERE connection = ? AND r.type = ? AND r.object_id = ?
              AND kind = ? AND to_type = ? AND to_id = ?
            ORDER BY at DESC, rank DESC, value DESC LIMIT 1\
            """)) {
      statement.setString(1, link.from().connection().name());
      statement.setString(2, link.from().type());
      statement.setString(3, link.from().id());
      statement.setString(4, link.kind().name());
      statement.setString(5, link.to().type());
      statement.setString(6, link.to().id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && Boolean.parseBoolean(row.getString(1));
      }
    }
  }
}
