package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into nodes that know where they stand.
 *
 * <p>Bounds: {@value #DEEPEST} levels, and {@value #MOST_NODES} nodes counted with every alias
 * spelled out, so that a few lines of aliases cannot grow into a mountain of work.
 */
final class YamlReader {
  static final int DEEPEST = 32;
  static final int MOST_NODES = 100_000;

  private final Source source;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<Anchor, Node> anchors = new HashMap<>();
  private final IdentityHashMap<Node, Integer> sizes = new IdentityHashMap<>();
  private int nodes;

  private YamlReader(Source source, Problems problems) {
    this.source = source;
    this.problems = problems;
    LoadSettings settings = LoadSettings.builder().setLabel(source.file()).build();
    this.events = new Parse(settings).parseString(source.text()).iterator();
  }

  /** Reads the one document of a file; null if there is none, and the problems say why. */
  static @Nullable Node read(Source source, Problems problems) {
    try {
      return new YamlReader(source, problems).document();
    } catch (Unreadable e) {
      problems.error(e.at, e.reason);
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      Position at = mark == null ? Position.start(source.file()) : position(source, mark);
      problems.error(at, "not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      int index = source.text().offsetByCodePoints(0, e.getPosition());
      Position at = Source.end(source.file(), source.text().substring(0, index));
      problems.error(at, "not YAML: control characters are not allowed");
    } catch (YamlEngineException e) {
      problems.error(Position.start(source.file()), "not YAML: " + e.getMessage());
    }
    return null;
  }

  private @Nullable Node document() {
    Node root = null;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          if (root != null) {
            throw new Unreadable(position(event), "a second document, expected one a file");
          }
        }
        case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd ->
            root = node(event, 1);
      }
    }
    if (root == null) {
      problems.error(Position.start(source.file()), "the file is empty");
    }
    return root;
  }

  private Node node(Event event, int depth) {
    Position at = position(event);
    if (depth > DEEPEST) {
      throw new Unreadable(at, "nested more than " + DEEPEST + " levels deep");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias, at);
    }
    int before = nodes;
    count(1, at);
    Node node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, at);
          case SequenceStartEvent start -> sequence(start, at, depth);
          case MappingStartEvent start -> mapping(start, at, depth);
          default -> throw new IllegalStateException("no node begins with " + event);
        };
    sizes.put(node, nodes - before);
    return node;
  }

  private Node aliased(AliasEvent alias, Position at) {
    Node node = anchors.get(alias.getAlias());
    if (node == null) {
      throw new Unreadable(at, "no &" + alias.getAlias() + " was completed before this alias");
    }
    count(sizes.getOrDefault(node, 1), at);
    return node;
  }

  private void count(int more, Position at) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw new Unreadable(at, "more than " + MOST_NODES + " values, aliases spelled out");
    }
  }

  private Scalar scalar(ScalarEvent event, Position at) {
    refuseTag(event.getTag(), at);
    String text = event.getValue();
    Scalar scalar = new Scalar(at, text, event.isPlain(), isVerbatim(event, text));
    if (event.isPlain()) {
      OldYaml.difference(text).ifPresent(warning -> problems.warning(at, warning));
    }
    return anchored(event.getAnchor(), scalar);
  }

  private static boolean isVerbatim(ScalarEvent event, String text) {
    Mark start = event.getStartMark().orElseThrow();
    Mark end = event.getEndMark().orElseThrow();
    int quotes = event.isPlain() ? 0 : 2;
    int length = text.codePointCount(0, text.length()) + quotes;
    return start.getLine() == end.getLine() && end.getColumn() - start.getColumn() == length;
  }

  private Sequence sequence(SequenceStartEvent start, Position at, int depth) {
    refuseTag(start.getTag(), at);
    List<Node> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return anchored(start.getAnchor(), new Sequence(at, items));
  }

  private Mapping mapping(MappingStartEvent start, Position at, int depth) {
    refuseTag(start.getTag(), at);
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Node key = node(next, depth + 1);
      Node value = node(events.next(), depth + 1);
      if (!(key instanceof Scalar scalar)) {
        problems.error(key.at(), "a list or mapping as a key, expected a word");
      } else if (keys.add(scalar.text())) {
        entries.add(new Entry(scalar, value));
      } else {
        problems.error(scalar.at(), "the key \"" + scalar.text() + "\" stands here twice");
      }
    }
    return anchored(start.getAnchor(), new Mapping(at, entries));
  }

  private <N extends Node> N anchored(Optional<Anchor> anchor, N node) {
    anchor.ifPresent(name -> anchors.put(name, node));
    return node;
  }

  private static void refuseTag(Optional<String> tag, Position at) {
    tag.ifPresent(
        name -> {
          throw new Unreadable(at, "the tag " + name + ", expected none: tags are not used");
        });
  }

  private Position position(Event event) {
    return position(source, event.getStartMark().orElseThrow());
  }

  private static Position position(Source source, Mark mark) {
    return new Position(source.file(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Ends the reading of a file in the middle. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Position at;
    private final String reason;

    Unreadable(Position at, String reason) {
      super(reason, null, false, false);
      this.at = at;
      this.reason = reason;
    }
  }
}
