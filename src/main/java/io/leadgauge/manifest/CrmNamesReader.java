package io.leadgauge.manifest;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the names of models mean in a CRM, and how often results are written back. */
final class CrmNamesReader {
  /** A burst of changes is one write: contacts are not written more often than this. */
  static final Duration DEFAULT_MIN_INTERVAL = Duration.ofSeconds(30);

  static final int DEFAULT_MIN_CHANGE = 5;
  static final Duration DEFAULT_AT_MOST = Duration.ofHours(24);

  private static final WriteBack DEFAULT_PACE =
      new WriteBack(DEFAULT_MIN_INTERVAL, DEFAULT_MIN_CHANGE, DEFAULT_AT_MOST);

  private static final Pattern CRM_PROPERTY = Pattern.compile("[A-Za-z0-9_]{1,100}");
  private static final List<String> STAGE_KEYS = List.of("property", "order", "map", "neverFrom");
  private static final List<String> STAGE_KEYS_OF_MANY =
      List.of("property", "objects", "order", "map", "neverFrom");

  /** Facts keep no more of them. */
  private static final int MOST_CORRECTIONS = RecordFacts.MOST_STAMPS;

  private final Values values;

  CrmNamesReader(Values values) {
    this.values = values;
  }

  /**
   * What the names of models mean in a CRM.
   *
   * @param fields what property names mean
   * @param lists what tells who is in a list; copied
   * @param stages where the CRM's stages stand; what each of a model's stages means is said with
   *     the model
   * @param activities what feeds activities; copied
   * @param writeBack how often results are written
   */
  record CrmNames(
      FieldMap fields,
      SortedMap<String, ListMap> lists,
      StageMap stages,
      List<ActivityMap> activities,
      WriteBack writeBack) {
    CrmNames {
      lists = Collections.unmodifiableSortedMap(new TreeMap<>(lists));
      activities = List.copyOf(activities);
    }
  }

  CrmNames read(Fields spec, CrmKind kind) {
    CrmDefaults usual = CrmDefaults.of(kind);
    FieldsReader fields = new FieldsReader(values, this, kind, usual.holders());
    return new CrmNames(
        spec.optional("fields", fields::read, new FieldMap(new TreeMap<>())),
        spec.optional("lists", one -> values.byName(one, this::list), new TreeMap<>()),
        spec.optional("stages", one -> stages(one, kind, usual.stages()), usual.stages()),
        spec.optional("activities", one -> activities(one, kind, usual), List.of()),
        spec.optional("writeBack", this::writeBack, DEFAULT_PACE));
  }

  /** Reads the CRM's own name of a property. */
  @Nullable String property(Node node) {
    if (node instanceof Scalar scalar && CRM_PROPERTY.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    return values.refuse(node, "the CRM's own name of a property such as jobtitle");
  }

  // Lists

  private @Nullable ListMap list(Node node) {
    Fields fields = Fields.of(node, values, "property", "includes");
    if (fields == null) {
      return null;
    }
    String property = fields.required("property", this::property);
    String includes = fields.required("includes", values::item);
    return property == null || includes == null ? null : new ListMap(property, includes);
  }

  // Stages

  private @Nullable StageMap stages(Node node, CrmKind kind, StageMap usual) {
    boolean many = kind.personTypes().size() > 1;
    Fields fields = Fields.of(node, values, many ? STAGE_KEYS_OF_MANY : STAGE_KEYS);
    if (fields == null) {
      return null;
    }
    String property = fields.optional("property", this::property, usual.property());
    List<String> order =
        usual.order().isEmpty()
            ? fields.required("order", this::order)
            : fields.optional("order", this::order, usual.order());
    Set<String> holders =
        property.equals(usual.property()) ? usual.holders() : Set.copyOf(kind.personTypes());
    holders = fields.optional("objects", one -> holders(one, kind), holders);
    if (order == null) {
      return null;
    }
    SortedSet<String> closed = new TreeSet<>(usual.neverFrom());
    closed.retainAll(order);
    SortedSet<String> neverFrom = fields.optional("neverFrom", one -> closed(one, order), closed);
    return new StageMap(property, holders, order, new TreeMap<>(), neverFrom);
  }

  /** Reads which persons have a stage. */
  private @Nullable Set<String> holders(Node node, CrmKind kind) {
    List<String> holders = values.list(node, word(kind.personTypes()));
    return holders == null || holders.isEmpty() ? null : new TreeSet<>(holders);
  }

  /** Reads a list of stage values, which may be empty. */
  private @Nullable SortedSet<String> closed(Node node, List<String> order) {
    if (node instanceof Sequence sequence && sequence.items().isEmpty()) {
      return new TreeSet<>();
    }
    List<String> read = values.list(node, one -> stageValue(one, order));
    return read == null ? null : new TreeSet<>(read);
  }

  private @Nullable String stageValue(Node node, List<String> order) {
    return word(order).read(node);
  }

  private @Nullable List<String> order(Node node) {
    Set<String> seen = new HashSet<>();
    return values.list(
        node,
        item -> {
          String value = values.anyText(item);
          return value == null || seen.add(value)
              ? value
              : values.fail(item, Values.found(item) + " stands here twice");
        });
  }

  private Reader<String> word(List<String> words) {
    return values.word(word -> Optional.of(word).filter(words::contains), words);
  }

  // Activities

  private @Nullable List<ActivityMap> activities(Node node, CrmKind kind, CrmDefaults usual) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<ActivityMap> activities = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      ActivityMap activity = activity(entry, kind, usual);
      if (activity != null) {
        activities.add(activity);
      }
    }
    return activities;
  }

  private @Nullable ActivityMap activity(Entry entry, CrmKind kind, CrmDefaults usual) {
    String type = values.name(entry.key());
    Fields fields = Fields.of(entry.value(), values, "object", "at", "attributes");
    if (fields == null) {
      return null;
    }
    List<String> objects = new ArrayList<>(kind.personTypes());
    objects.addAll(usual.happenedAt().keySet());
    String object =
        fields.has("object") ? fields.optional("object", word(objects)) : RecordRef.CONTACT;
    if (object == null) {
      return null;
    }
    String usualAt = usual.happenedAt().get(object);
    String at =
        usualAt == null
            ? fields.required("at", this::property)
            : fields.optional("at", this::property, usualAt);
    SortedMap<String, String> attributes =
        fields.optional("attributes", one -> values.byName(one, this::property), new TreeMap<>());
    return type == null || at == null ? null : new ActivityMap(type, object, at, attributes);
  }

  // Write-back

  private @Nullable WriteBack writeBack(Node node) {
    Fields fields = Fields.of(node, values, "fields", "minInterval", "byTimeAlone", "corrections");
    if (fields == null) {
      return null;
    }
    long minInterval =
        fields.optional("minInterval", values.span(0, Spans.DAY), DEFAULT_MIN_INTERVAL.toMillis());
    WriteBack byTime = fields.optional("byTimeAlone", this::byTimeAlone, DEFAULT_PACE);
    int corrections =
        fields.optional(
            "corrections", values.count(1, MOST_CORRECTIONS), WriteBack.DEFAULT_CORRECTIONS);
    return new WriteBack(
        Duration.ofMillis(minInterval), byTime.minChange(), byTime.atMost(), corrections);
  }

  /** Reads when time alone may cause a write; the other parts of the result mean nothing. */
  private @Nullable WriteBack byTimeAlone(Node node) {
    Fields fields = Fields.of(node, values, "minChange", "atMost");
    if (fields == null) {
      return null;
    }
    int minChange = fields.optional("minChange", values.count(0, 1_000_000), DEFAULT_MIN_CHANGE);
    long atMost =
        fields.optional("atMost", values.span(0, 365 * Spans.DAY), DEFAULT_AT_MOST.toMillis());
    return new WriteBack(DEFAULT_MIN_INTERVAL, minChange, Duration.ofMillis(atMost));
  }
}
