package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.manifest.SampleContact.Previous;
import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a contact, from a JSON file or from a case. */
public final class ContactReader {
  private final Values values;
  private final List<String> labels;
  private final List<String> stages;

  /**
   * @param model whose labels and stages the contact may have had
   */
  ContactReader(Values values, ModelDefinition model) {
    this.values = values;
    this.labels = model.labels().stream().map(ModelDefinition.Label::name).toList();
    this.stages = model.stages().stream().map(ModelDefinition.Stage::name).toList();
  }

  /**
   * A contact, or why there is none.
   *
   * @param contact null if there are problems
   * @param problems all that is wrong; copied
   */
  public record ReadContact(@Nullable SampleContact contact, List<Problem> problems) {
    public ReadContact {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a contact file. */
  public static ReadContact read(Path file, ModelDefinition model) {
    Problems problems = new Problems();
    return read(Source.read(file, problems), model, problems);
  }

  /**
   * Reads a contact from a stream.
   *
   * @param name what the stream is called in problems
   */
  public static ReadContact read(String name, InputStream in, ModelDefinition model)
      throws IOException {
    Problems problems = new Problems();
    return read(Source.read(name, in, problems), model, problems);
  }

  private static ReadContact read(
      @Nullable Source source, ModelDefinition model, Problems problems) {
    Node root = source == null ? null : JsonReader.read(source, problems);
    SampleContact contact =
        root == null ? null : new ContactReader(new Values(problems), model).contact(root);
    return new ReadContact(problems.errors() == 0 ? contact : null, problems.sorted());
  }

  /** Reads a contact; problems say what is wrong with it. */
  @Nullable SampleContact contact(Node node) {
    Fields fields =
        Fields.of(node, values, "properties", "lists", "activities", "knownSince", "previous");
    if (fields == null) {
      return null;
    }
    SortedMap<String, String> properties =
        fields.optional("properties", this::texts, new TreeMap<>());
    for (String list : fields.optional("lists", this::lists, List.<String>of())) {
      properties.put(new Condition.Listed(list).name(), "true");
    }
    return new SampleContact(
        properties,
        fields.optional("activities", this::activities, List.of()),
        fields.optional("knownSince", values::instant),
        fields.optional("previous", this::previous));
  }

  private @Nullable List<String> lists(Node node) {
    boolean none = node instanceof Sequence sequence && sequence.items().isEmpty();
    return none ? List.of() : values.list(node, values::name);
  }

  private @Nullable SortedMap<String, String> texts(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    SortedMap<String, String> texts = new TreeMap<>();
    mapping.entries().forEach(entry -> addText(entry, texts));
    return texts;
  }

  private void addText(Entry entry, SortedMap<String, String> texts) {
    if (entry.value() instanceof Scalar scalar) {
      if (!scalar.isNothing() && !scalar.text().isBlank()) {
        texts.put(entry.key().text(), scalar.text());
      }
    } else {
      values.refuse(entry.value(), "a single value");
    }
  }

  private @Nullable List<Activity> activities(Node node) {
    if (!(node instanceof Sequence sequence)) {
      return values.refuse(node, "a list of activities");
    }
    List<Activity> activities = new ArrayList<>();
    for (Node item : sequence.items()) {
      Activity activity = activity(item);
      if (activity != null) {
        activities.add(activity);
      }
    }
    return activities;
  }

  private @Nullable Activity activity(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    Fields fields = Fields.of(node, values, Values.keys(mapping));
    if (fields == null) {
      return null;
    }
    String type = fields.required("type", values::name);
    Long at = fields.required("at", values::instant);
    SortedMap<String, String> attributes = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      if (!entry.key().text().equals("type") && !entry.key().text().equals("at")) {
        addText(entry, attributes);
      }
    }
    return type == null || at == null ? null : new Activity(type, at, attributes);
  }

  private @Nullable Previous previous(Node node) {
    if (node.isNothing()) {
      return null;
    }
    Fields fields = Fields.of(node, values, "label", "stage", "since");
    if (fields == null) {
      return null;
    }
    return new Previous(
        fields.optional("label", one -> known(one, labels)),
        fields.optional("stage", one -> known(one, stages)),
        fields.optional("since", one -> one.isNothing() ? null : values.instant(one)));
  }

  private @Nullable String known(Node node, List<String> names) {
    return node.isNothing()
        ? null
        : values.word(word -> Optional.of(word).filter(names::contains), names).read(node);
  }
}
