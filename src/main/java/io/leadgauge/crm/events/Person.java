package io.leadgauge.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom an event is about, by one key or several.
 *
 * @param record the person's own record in the CRM; null where the event has no id
 * @param address their e-mail address; null where it has none
 * @param visitor what they were called before they were known; null where it has no such name
 */
record Person(
    @Nullable RecordRef record, @Nullable RecordRef address, @Nullable RecordRef visitor) {
  private static final List<String> KEYS = List.of("email", "id", "anonymousId");
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,255}");
  private static final Pattern ANONYMOUS = Pattern.compile("[^\\p{Cntrl}]{1,128}");

  /**
   * What a sender's mistake makes of a name that is not there. To believe it would make one person
   * of all visitors.
   */
  private static final Set<String> NOBODY =
      Set.of(
          "null",
          "undefined",
          "none",
          "nil",
          "nan",
          "n/a",
          "false",
          "true",
          "0",
          "-1",
          "unknown",
          "anonymous",
          "guest",
          "[object object]",
          "00000000-0000-0000-0000-000000000000");

  /**
   * Reads whom an event is about.
   *
   * @param persons finds the person whose id a text is
   */
  static Person of(
      Function<String, Optional<RecordRef>> persons, ConnectionId connection, JsonNode node)
      throws UnreadableEventException {
    if (!node.isObject()) {
      throw new UnreadableEventException("contact is no object, expected email, id or anonymousId");
    }
    Keys.check(node, KEYS, "contact.");
    String email = Keys.text(node, "email", "contact.");
    String id = Keys.text(node, "id", "contact.");
    String anonymous = Keys.text(node, "anonymousId", "contact.");
    if (email == null && id == null && anonymous == null) {
      throw new UnreadableEventException("contact names nobody, expected email, id or anonymousId");
    }
    return new Person(
        id == null ? null : record(persons, id),
        email == null ? null : address(connection, email),
        anonymous == null ? null : visitor(connection, anonymous));
  }

  private static RecordRef record(Function<String, Optional<RecordRef>> persons, String id)
      throws UnreadableEventException {
    return persons
        .apply(id)
        .orElseThrow(
            () ->
                new UnreadableEventException(
                    "contact.id is no id of the CRM, expected that of a person's record there"));
  }

  private static RecordRef address(ConnectionId connection, String email)
      throws UnreadableEventException {
    if (!ADDRESS.matcher(email).matches()) {
      throw new UnreadableEventException("contact.email is no e-mail address");
    }
    return RecordRef.emailAddress(connection, email);
  }

  private static RecordRef visitor(ConnectionId connection, String anonymous)
      throws UnreadableEventException {
    if (!ANONYMOUS.matcher(anonymous).matches()) {
      throw new UnreadableEventException(
          "contact.anonymousId is too long, expected at most 128 characters on one line");
    }
    if (NOBODY.contains(anonymous.toLowerCase(Locale.ROOT))) {
      throw new UnreadableEventException(
          "contact.anonymousId is a word for nobody, expected the key to be left out then");
    }
    return RecordRef.visitor(connection, anonymous);
  }

  /**
   * Returns the key under which what they did is kept: the one that tells most surely who it is.
   */
  RecordRef key() {
    if (record != null) {
      return record;
    }
    if (address != null) {
      return address;
    }
    if (visitor != null) {
      return visitor;
    }
    throw new IllegalStateException("a person without a key");
  }

  /**
   * Returns that these keys are one person's, told from either end, so that each is found from the
   * other. Only the latest instant at which a link was told is kept of it.
   */
  List<Fact> links(long at) {
    List<Fact> links = new ArrayList<>();
    link(links, record, LinkKind.HAS_EMAIL, address, at);
    link(links, record, LinkKind.ASSOCIATED_WITH, visitor, at);
    link(links, address, LinkKind.ASSOCIATED_WITH, visitor, at);
    return links;
  }

  private static void link(
      List<Fact> links, @Nullable RecordRef from, LinkKind kind, @Nullable RecordRef to, long at) {
    if (from != null && to != null) {
      Stamp stamp = new Stamp(at, SourceRank.READ, "true");
      links.add(new Fact.Linked(from, kind, to, stamp));
      links.add(new Fact.Linked(to, LinkKind.ASSOCIATED_WITH, from, stamp));
    }
  }
}
