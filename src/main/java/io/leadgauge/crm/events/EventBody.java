package io.leadgauge.crm.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a delivery taken apart: one event, or an array of them, each with the bytes that it
 * stands in.
 *
 * <p>What concerns the whole (no JSON, a key twice in one object, too many events, nested too deep)
 * makes all of it unreadable. What an event says is not looked at here.
 */
final class EventBody {
  /** The most events in one delivery. */
  static final int MOST_EVENTS = 1_000;

  /** The longest text, in characters. */
  static final int LONGEST_TEXT = 65_536;

  /** The most names, values and brackets: a thousand events of a hundred attributes. */
  private static final int MOST_TOKENS = 400_000;

  private static final int LONGEST_KEY = 256;
  private static final int LONGEST_NUMBER = 64;

  /** An array, an event, its attributes, and what those hold. */
  private static final int DEEPEST = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_KEY)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private EventBody() {}

  /**
   * One event as it stands there.
   *
   * @param place where, for a reader
   * @param from its first byte
   * @param to the byte after its last
   * @param json what it says; any kind of value
   */
  record Item(String place, int from, int to, JsonNode json) {}

  /** A body as a whole cannot be read; its message says what is wrong, where, what is expected. */
  static final class UnreadableBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableBodyException(String what, @Nullable JsonLocation where) {
      super(
          what
              + (where == null ? "" : " at " + place(where))
              + "; expected an event, or an array of at most "
              + MOST_EVENTS,
          null,
          false,
          false);
    }
  }

  /** Takes a body apart. */
  static List<Item> items(byte[] body) throws UnreadableBodyException {
    try (JsonParser parser = JSON.createParser(body)) {
      return items(parser);
    } catch (JsonEOFException e) {
      throw new UnreadableBodyException("the JSON ends too early", e.getLocation());
    } catch (StreamConstraintsException e) {
      throw new UnreadableBodyException("a limit is exceeded: " + e.getOriginalMessage(), null);
    } catch (JacksonException e) {
      // The parser's own words may quote the body, and reasons outlive a person's erasure.
      boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
      throw new UnreadableBodyException(
          twice ? "a key stands twice in one object" : "the body is not JSON", e.getLocation());
    } catch (NumberFormatException e) {
      // Of the parser as well, for an exponent of more digits than it takes.
      throw new UnreadableBodyException("a number is out of all bounds", null);
    } catch (IOException e) {
      throw new UnreadableBodyException("the body is not text in UTF-8", null);
    }
  }

  private static List<Item> items(JsonParser parser) throws IOException, UnreadableBodyException {
    List<Item> items = new ArrayList<>();
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      items.add(item(parser, "the event"));
    } else if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (items.size() == MOST_EVENTS) {
          throw new UnreadableBodyException(
              "there are more than " + MOST_EVENTS + " events", parser.currentTokenLocation());
        }
        items.add(item(parser, "event " + items.size()));
      }
    } else {
      String found = first == null ? "the body is empty" : "the body is a single value";
      throw new UnreadableBodyException(found, parser.currentTokenLocation());
    }
    if (parser.nextToken() != null) {
      throw new UnreadableBodyException("something follows its end", parser.currentTokenLocation());
    }
    return items;
  }

  private static Item item(JsonParser parser, String name) throws IOException {
    JsonLocation start = parser.currentTokenLocation();
    JsonNode json = JSON.readTree(parser);
    parser.finishToken();
    long to = parser.currentLocation().getByteOffset();
    if (start.getByteOffset() < 0 || to <= start.getByteOffset()) {
      throw new IOException("events do not stand in bytes of UTF-8");
    }
    return new Item(
        name + " at " + place(start),
        Math.toIntExact(start.getByteOffset()),
        Math.toIntExact(to),
        json);
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
