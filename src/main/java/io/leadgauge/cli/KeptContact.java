package io.leadgauge.cli;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.Optional;

/** Finds the contact that a command names, in the store. */
final class KeptContact {
  private static final ConnectionId ANY = new ConnectionId("any");

  private KeptContact() {}

  /**
   * Returns the record that is meant.
   *
   * @param connection of this connection; of the only one that has it where it is empty
   * @param text {@code ID} of a contact, or {@code TYPE/ID}
   */
  static RecordRef of(StoreReader reader, Optional<ConnectionId> connection, String text) {
    int slash = text.indexOf('/');
    String type = slash < 0 ? typeOf(text) : text.substring(0, slash);
    String id = text.substring(slash + 1);
    if (type.isEmpty() || id.isEmpty()) {
      throw new WrongUse("'" + text + "' names no contact, expected ID or TYPE/ID");
    }
    if (connection.isPresent()) {
      return new RecordRef(connection.get(), type, id);
    }
    List<ConnectionId> holders = reader.lives().connectionsWith(type, id);
    if (holders.isEmpty()) {
      throw new WrongUse("nothing is kept of " + type + "/" + id);
    }
    if (holders.size() > 1) {
      List<String> names = holders.stream().map(ConnectionId::name).toList();
      throw new WrongUse(
          type
              + "/"
              + id
              + " is in several connections; say --connection "
              + names.getFirst()
              + " or another of "
              + String.join(", ", names));
    }
    return new RecordRef(holders.getFirst(), type, id);
  }

  private static String typeOf(String id) {
    return id.isEmpty() ? "" : CrmKind.person(ANY, id).type();
  }
}
