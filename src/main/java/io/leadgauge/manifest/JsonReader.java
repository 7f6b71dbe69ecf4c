package io.leadgauge.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON into the same nodes as YAML, for contact files. */
final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(YamlReader.DEEPEST).build())
          .build();

  private final Source source;
  private final Problems problems;
  private final JsonParser parser;

  private JsonReader(Source source, Problems problems) throws IOException {
    this.source = source;
    this.problems = problems;
    this.parser = FACTORY.createParser(source.text());
  }

  /** Reads the one value of a file; null if there is none, and the problems say why. */
  static @Nullable Node read(Source source, Problems problems) {
    try {
      return new JsonReader(source, problems).document();
    } catch (JsonProcessingException e) {
      problems.error(position(source, e.getLocation()), "not JSON: " + firstLine(e));
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private @Nullable Node document() throws IOException {
    if (parser.nextToken() == null) {
      problems.error(Position.start(source.file()), "the file is empty");
      return null;
    }
    Node root = node();
    if (parser.nextToken() != null) {
      problems.error(position(), "a second value, expected the end of the file");
    }
    return root;
  }

  private Node node() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping();
      case START_ARRAY -> sequence();
      case VALUE_STRING -> new Scalar(position(), parser.getText(), false, false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
          new Scalar(position(), parser.getText(), true, true);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private Mapping mapping() throws IOException {
    Position at = position();
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Scalar key = new Scalar(position(), parser.currentName(), false, false);
      parser.nextToken();
      Node value = node();
      if (keys.add(key.text())) {
        entries.add(new Entry(key, value));
      } else {
        problems.error(key.at(), "the key \"" + key.text() + "\" stands here twice");
      }
    }
    return new Mapping(at, entries);
  }

  private Sequence sequence() throws IOException {
    Position at = position();
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node());
    }
    return new Sequence(at, items);
  }

  private Position position() {
    return position(source, parser.currentTokenLocation());
  }

  private static Position position(Source source, @Nullable JsonLocation location) {
    return location == null
        ? Position.start(source.file())
        : new Position(
            source.file(), Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static String firstLine(JsonProcessingException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("broken");
    // Where the value began would be told in the parser's own terms.
    return line.replaceFirst(" \\(start marker at .*", "");
  }
}
