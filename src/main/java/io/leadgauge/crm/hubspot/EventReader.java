package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.leadgauge.crm.hubspot.EventField.Shape;
import io.leadgauge.crm.rest.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a delivery, field by field, without building a tree of it.
 *
 * <p>What concerns the whole body (not JSON, not an array, too many events, nested too deep) makes
 * it unreadable; a field of the wrong shape spoils only its own event.
 */
final class EventReader {
  /** The most events in one delivery. HubSpot documents 100; the rest is tolerance. */
  static final int MOST_EVENTS = 250;

  /** The longest text in a delivery, in characters; HubSpot's longest property has 65,536. */
  static final int LONGEST_TEXT = 262_144;

  /** How deep a delivery may nest. A merge needs three levels; the rest is for unknown fields. */
  static final int DEEPEST = 16;

  private static final long YEAR_10000 = 253_402_300_800_000L;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNumberLength(Shape.LONGEST_ID)
                  .maxNameLength(Shape.LONGEST_NAME)
                  .build())
          .build();

  private final JsonParser parser;

  private EventReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads all events of a body.
   *
   * @throws UnreadableBodyException if the body as a whole cannot be read
   */
  static List<WireEvent> read(byte[] body) throws UnreadableBodyException {
    try (JsonParser parser = parser(body)) {
      return new EventReader(parser).events();
    } catch (JsonEOFException e) {
      throw new UnreadableBodyException("the JSON ends too early", e.getLocation());
    } catch (StreamConstraintsException e) {
      throw new UnreadableBodyException("a limit is exceeded: " + e.getOriginalMessage(), null);
    } catch (JacksonException e) {
      // The parser's own words may quote the body, and reasons outlive a person's erasure.
      throw new UnreadableBodyException("the body is not JSON", e.getLocation());
    } catch (IOException e) {
      throw new UnreadableBodyException("the body is not text in UTF-8", null);
    }
  }

  /** Returns a parser that keeps to the bounds of a delivery. */
  static JsonParser parser(byte[] body) throws IOException {
    return JSON.createParser(body);
  }

  private List<WireEvent> events() throws IOException, UnreadableBodyException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_ARRAY) {
      String found = first == null ? "the body is empty" : "the body is " + words(first);
      throw new UnreadableBodyException(found, parser.currentTokenLocation());
    }
    List<WireEvent> events = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (events.size() == MOST_EVENTS) {
        throw new UnreadableBodyException(
            "there are more than " + MOST_EVENTS + " events", parser.currentTokenLocation());
      }
      events.add(event(events.size()));
    }
    if (parser.nextToken() != null) {
      throw new UnreadableBodyException(
          "something follows the array", parser.currentTokenLocation());
    }
    return events;
  }

  private WireEvent event(int index) throws IOException {
    String place = "event " + index + " at " + place(parser.currentTokenLocation());
    Map<EventField, String> values = new EnumMap<>(EventField.class);
    List<String> merged = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      String problem = "it is " + words(parser.currentToken()) + ", expected an object";
      parser.skipChildren();
      return new WireEvent(place, values, merged, problem);
    }
    String problem = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      EventField field = EventField.ofName(parser.currentName());
      parser.nextToken();
      String wrong = field == null ? passOver() : field(field, values, merged);
      problem = problem == null ? wrong : problem;
    }
    return new WireEvent(place, values, merged, problem);
  }

  /** Reads one value; returns what is wrong with it, null if nothing is. */
  private @Nullable String field(
      EventField field, Map<EventField, String> values, List<String> merged) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY && field.shape() == Shape.IDS) {
      return ids(merged) ? null : wrong(field, "an array with something else in it");
    }
    String text = scalar(field.shape());
    if (text == null && field.shape() == Shape.ANYTHING) {
      return passOver();
    }
    if (text == null) {
      String found = words(parser.currentToken());
      parser.skipChildren();
      return wrong(field, found);
    }
    values.put(field, text);
    return null;
  }

  private @Nullable String passOver() throws IOException {
    parser.skipChildren();
    return null;
  }

  private static String wrong(EventField field, String found) {
    return field.fieldName() + " is " + found + ", expected " + field.shape().expected();
  }

  /** Returns the current token as text if it has the shape, else null. */
  private @Nullable String scalar(Shape shape) throws IOException {
    JsonToken token = parser.currentToken();
    boolean text = token == JsonToken.VALUE_STRING;
    boolean number = token == JsonToken.VALUE_NUMBER_INT;
    boolean flag = token.isBoolean();
    String value = token.isScalarValue() ? PlainText.storable(parser.getText()) : "";
    boolean fits =
        switch (shape) {
          case ID -> (text || number) && fits(value, Shape.LONGEST_ID);
          case NAME -> text && fits(value, Shape.LONGEST_NAME);
          case VALUE, ANYTHING -> token.isScalarValue();
          case FLAG -> flag || (text && (value.equals("true") || value.equals("false")));
          case INSTANT -> (text || number) && isInstant(value);
          case IDS -> false;
        };
    return fits ? value : null;
  }

  private static boolean fits(String value, int longest) {
    return !value.isBlank() && value.length() <= longest;
  }

  private static boolean isInstant(String value) {
    if (!DIGITS.matcher(value).matches()) {
      return false;
    }
    long at = Long.parseLong(value);
    return at > 0 && at < YEAR_10000;
  }

  private boolean ids(List<String> ids) throws IOException {
    boolean all = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String id = scalar(Shape.ID);
      if (id == null || ids.size() == Shape.MOST_IDS) {
        parser.skipChildren();
        all = false;
      } else {
        ids.add(id);
      }
    }
    return all;
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT -> "a number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "nothing";
    };
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** A body as a whole cannot be read; its message says what is wrong, where, what is expected. */
  static final class UnreadableBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableBodyException(String what, @Nullable JsonLocation where) {
      super(
          what
              + (where == null ? "" : " at " + place(where))
              + "; expected a JSON array of at most "
              + MOST_EVENTS
              + " events",
          null,
          false,
          false);
    }
  }
}
