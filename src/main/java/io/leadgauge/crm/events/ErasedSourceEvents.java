package io.leadgauge.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.events.EventBody.Item;
import io.leadgauge.crm.events.EventBody.UnreadableBodyException;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes the events of erased persons out of a body. The others keep their bytes.
 *
 * <p>An event is theirs if the surest of its keys is: its {@code id}, where it has none its {@code
 * email}, and where it has neither its anonymous id. One of somebody else that came with an address
 * or by an anonymous id of theirs is left without it: a mistake was made, or a device changed
 * hands. One that cannot be read is theirs if an id, an address or an anonymous id of theirs stands
 * in it.
 */
final class ErasedSourceEvents {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]{1,128})\"");
  private static final String EMAIL = "email";
  private static final String ANONYMOUS = "anonymousId";

  private final ConnectionId connection;
  private final CrmAdapter platform;
  private final Erased erased;
  private final byte[] body;

  private ErasedSourceEvents(
      ConnectionId connection, CrmAdapter platform, Erased erased, byte[] body) {
    this.connection = connection;
    this.platform = platform;
    this.erased = erased;
    this.body = body;
  }

  static Redacted without(Delivery delivery, CrmAdapter platform, Erased erased) {
    return new ErasedSourceEvents(delivery.connection(), platform, erased, delivery.body())
        .from(delivery);
  }

  private Redacted from(Delivery delivery) {
    List<Item> items;
    try {
      items = EventBody.items(body);
    } catch (UnreadableBodyException e) {
      return isNamedIn(text(0, body.length))
          ? Redacted.nothing(delivery)
          : new Redacted.Untouched();
    }
    List<byte[]> kept = new ArrayList<>();
    boolean changed = false;
    for (Item item : items) {
      byte[] whole = Arrays.copyOfRange(body, item.from(), item.to());
      byte[] rest = rest(item, whole);
      changed |= !Arrays.equals(rest, whole);
      if (rest.length > 0) {
        kept.add(rest);
      }
    }
    return changed ? Redacted.less(delivery, joined(kept)) : new Redacted.Untouched();
  }

  /** Returns what may be kept of an event: its own bytes, fewer, or none. */
  private byte[] rest(Item item, byte[] whole) {
    JsonNode contact = item.json().path("contact");
    if (!contact.isObject() || isTheirs(contact)) {
      return contact.isObject() || isNamedIn(text(item.from(), item.to())) ? new byte[0] : whole;
    }
    if (isMentioned(item.json())) {
      return new byte[0];
    }
    boolean byTheirAddress = isAddress(contact);
    boolean byTheirDevice = isVisitor(contact.path(ANONYMOUS).asText());
    if (!byTheirAddress && !byTheirDevice) {
      return whole;
    }
    ObjectNode other = item.json().deepCopy();
    ObjectNode keys = (ObjectNode) other.path("contact");
    if (byTheirAddress) {
      keys.remove(EMAIL);
    }
    if (byTheirDevice) {
      keys.remove(ANONYMOUS);
    }
    return other.toString().getBytes(StandardCharsets.UTF_8);
  }

  private boolean isTheirs(JsonNode contact) {
    if (names(contact, "id")) {
      String id = contact.path("id").asText().strip();
      return platform.person(connection, id).filter(erased::is).isPresent();
    }
    return names(contact, EMAIL) ? isAddress(contact) : isVisitor(contact.path(ANONYMOUS).asText());
  }

  private boolean isAddress(JsonNode contact) {
    return erased.isValue(connection, contact.path(EMAIL).asText());
  }

  /** Tells whether what describes the event has their address for a value. */
  private boolean isMentioned(JsonNode json) {
    for (JsonNode value : json.path("attributes")) {
      boolean theirs =
          value.isContainerNode()
              ? erased.isNamedIn(connection, value.toString())
              : value.asText().indexOf('@') > 0 && erased.isNamedIn(connection, value.asText());
      if (theirs) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(JsonNode contact, String key) {
    return !contact.path(key).asText("").isBlank() && !contact.path(key).isNull();
  }

  private boolean isVisitor(String anonymous) {
    String name = anonymous.strip();
    return !name.isEmpty() && erased.is(RecordRef.visitor(connection, name));
  }

  private boolean isNamedIn(String text) {
    return erased.isNamedIn(connection, text)
        || QUOTED.matcher(text).results().anyMatch(found -> isVisitor(found.group(1)));
  }

  /** Without the zeros, which stand between the letters where it is no UTF-8. */
  private String text(int from, int to) {
    return new String(body, from, to - from, StandardCharsets.UTF_8).replace("\0", "");
  }

  private static byte[] joined(List<byte[]> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write('[');
    for (byte[] event : events) {
      if (bytes.size() > 1) {
        bytes.write(',');
      }
      bytes.writeBytes(event);
    }
    bytes.write(']');
    return bytes.toByteArray();
  }
}
