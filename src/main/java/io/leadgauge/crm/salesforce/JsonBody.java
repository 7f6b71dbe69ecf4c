package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a delivery: one object, or an array of them. Numbers keep all their digits.
 *
 * <p>What concerns the whole body (not JSON, too many items, nested too deep) makes it unreadable;
 * what an item holds is the matter of whoever reads it.
 */
final class JsonBody {
  /** The most items in a delivery; a trigger of Apex sees 200 records at once. */
  static final int MOST_ITEMS = 250;

  /** The longest text in a delivery, in characters; a long text area holds 131,072. */
  static final int LONGEST_TEXT = 262_144;

  /** How deep a delivery may nest; a change event within its envelopes needs six levels. */
  static final int DEEPEST = 16;

  /** The most names, values and brackets; a change event has a few hundred. */
  static final int MOST_TOKENS = 400_000;

  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_NAME = 256;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonBody() {}

  /**
   * One item.
   *
   * @param place where it stood, for messages: {@code item 3 at line 1, column 812}
   * @param node what it is; an object, unless the sender made a mistake
   * @param from where its first byte stands in the body, or -1 if it is not in UTF-8
   */
  record Item(String place, JsonNode node, long from) {}

  /**
   * Reads all items of a body.
   *
   * @throws UnreadableJsonException if the body as a whole cannot be read
   */
  static List<Item> read(byte[] body) throws UnreadableJsonException {
    try (JsonParser parser = JSON.createParser(body)) {
      return items(parser);
    } catch (JsonEOFException e) {
      throw new UnreadableJsonException("the JSON ends too early", e.getLocation());
    } catch (StreamConstraintsException e) {
      throw new UnreadableJsonException("a limit is exceeded: " + e.getOriginalMessage(), null);
    } catch (JacksonException e) {
      // The parser's own words may quote the body, and reasons outlive a person's erasure.
      throw new UnreadableJsonException("the body is not JSON", e.getLocation());
    } catch (NumberFormatException e) {
      // Of the parser as well, for an exponent of more digits than it takes.
      throw new UnreadableJsonException("a number is out of all bounds", null);
    } catch (IOException e) {
      throw new UnreadableJsonException("the body is not text in UTF-8", null);
    }
  }

  private static List<Item> items(JsonParser parser) throws IOException, UnreadableJsonException {
    List<Item> items = new ArrayList<>();
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      items.add(item(parser, 0));
    } else if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (items.size() == MOST_ITEMS) {
          throw new UnreadableJsonException(
              "there are more than " + MOST_ITEMS + " items", parser.currentTokenLocation());
        }
        items.add(item(parser, items.size()));
      }
    } else {
      throw new UnreadableJsonException(
          first == null ? "the body is empty" : "the body is a single value",
          parser.currentTokenLocation());
    }
    if (parser.nextToken() != null) {
      throw new UnreadableJsonException("something follows the end", parser.currentTokenLocation());
    }
    return items;
  }

  private static Item item(JsonParser parser, int index) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    return new Item(
        "item " + index + " at " + place(at), JSON.readTree(parser), at.getByteOffset());
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** A body as a whole cannot be read; its message says what is wrong, where, what is expected. */
  static final class UnreadableJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String what, @Nullable JsonLocation where) {
      super(
          what
              + (where == null ? "" : " at " + place(where))
              + "; expected a JSON object, or an array of at most "
              + MOST_ITEMS,
          null,
          false,
          false);
    }
  }
}
