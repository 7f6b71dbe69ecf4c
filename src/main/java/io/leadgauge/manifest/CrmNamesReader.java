package io.leadgauge.manifest;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
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
  /** HubSpot's lifecycle stages, earliest first, as every portal has them (2026). */
  static final List<String> HUBSPOT_STAGES =
      List.of(
          "subscriber",
          "lead",
          "marketingqualifiedlead",
          "salesqualifiedlead",
          "opportunity",
          "customer",
          "evangelist",
          "other");

  /** Those of them that sales and service own: nothing is proposed from there, unless told. */
  static final List<String> HUBSPOT_NEVER_FROM = List.of("customer", "evangelist", "other");

  static final String STAGE_PROPERTY = "lifecyclestage";

  private static final StageMap HUBSPOT =
      new StageMap(
          STAGE_PROPERTY, HUBSPOT_STAGES, new TreeMap<>(), new TreeSet<>(HUBSPOT_NEVER_FROM));

  /** A burst of changes is one write: contacts are not written more often than this. */
  static final Duration DEFAULT_MIN_INTERVAL = Duration.ofSeconds(30);

  static final int DEFAULT_MIN_CHANGE = 5;
  static final Duration DEFAULT_AT_MOST = Duration.ofHours(24);

  private static final WriteBack DEFAULT_PACE =
      new WriteBack(DEFAULT_MIN_INTERVAL, DEFAULT_MIN_CHANGE, DEFAULT_AT_MOST);

  private static final Pattern CRM_PROPERTY = Pattern.compile("[A-Za-z0-9_]{1,100}");
  private static final Pattern NEUTRAL =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

  /** Facts keep no more of them. */
  private static final int MOST_CORRECTIONS = RecordFacts.MOST_STAMPS;

  /** What may hold a property that a model reads. */
  private static final List<String> HOLDERS = List.of(RecordRef.CONTACT, RecordRef.COMPANY);

  /** What may be an activity: a date of the contact, or a record of its own. */
  private static final List<String> ENGAGEMENTS =
      List.of(
          RecordRef.CONTACT, "call", "communication", "email", "meeting", "note", RecordRef.TASK);

  /** When an engagement took place, as every kind of them has it. */
  private static final String ENGAGED_AT = "hs_timestamp";

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

  CrmNames read(Fields spec) {
    return new CrmNames(
        spec.optional("fields", this::fields, new FieldMap(new TreeMap<>())),
        spec.optional("lists", one -> values.byName(one, this::list), new TreeMap<>()),
        spec.optional("stages", this::stages, HUBSPOT),
        spec.optional("activities", this::activities, List.of()),
        spec.optional("writeBack", this::writeBack, DEFAULT_PACE));
  }

  /** Reads the CRM's own name of a property. */
  @Nullable String property(Node node) {
    if (node instanceof Scalar scalar && CRM_PROPERTY.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    return values.refuse(node, "the CRM's own name of a property such as jobtitle");
  }

  // Fields

  private @Nullable FieldMap fields(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    TreeMap<String, Field> fields = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      Field field = field(entry.value());
      if (!NEUTRAL.matcher(entry.key().text()).matches()) {
        values.refuse(entry.key(), "a neutral name such as title or company.employees");
      } else if (field != null) {
        fields.put(entry.key().text(), field);
      }
    }
    return new FieldMap(fields);
  }

  private @Nullable Field field(Node node) {
    if (node instanceof Scalar) {
      String property = property(node);
      return property == null ? null : new Field(property, FieldType.TEXT);
    }
    Fields fields = Fields.of(node, values, "property", "type", "object");
    if (fields == null) {
      return null;
    }
    String property = fields.required("property", this::property);
    FieldType type = fields.optional("type", values.word(Words::type, Words.TYPES), FieldType.TEXT);
    String object = fields.optional("object", object(HOLDERS), RecordRef.CONTACT);
    return property == null ? null : new Field(property, type, object);
  }

  private Reader<String> object(List<String> types) {
    return values.word(word -> Optional.of(word).filter(types::contains), types);
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

  private @Nullable StageMap stages(Node node) {
    Fields fields = Fields.of(node, values, "property", "order", "map", "neverFrom");
    if (fields == null) {
      return null;
    }
    String property = fields.optional("property", this::property, STAGE_PROPERTY);
    List<String> order = fields.optional("order", this::order, HUBSPOT_STAGES);
    SortedSet<String> usual = new TreeSet<>(HUBSPOT_NEVER_FROM);
    usual.retainAll(order);
    SortedSet<String> neverFrom = fields.optional("neverFrom", one -> closed(one, order), usual);
    return new StageMap(property, order, new TreeMap<>(), neverFrom);
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
    return values.word(word -> Optional.of(word).filter(order::contains), order).read(node);
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

  // Activities

  private @Nullable List<ActivityMap> activities(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<ActivityMap> activities = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      ActivityMap activity = activity(entry);
      if (activity != null) {
        activities.add(activity);
      }
    }
    return activities;
  }

  private @Nullable ActivityMap activity(Entry entry) {
    String type = values.name(entry.key());
    Fields fields = Fields.of(entry.value(), values, "object", "at", "attributes");
    if (fields == null) {
      return null;
    }
    String object = fields.optional("object", object(ENGAGEMENTS), RecordRef.CONTACT);
    String at =
        object.equals(RecordRef.CONTACT)
            ? fields.required("at", this::property)
            : fields.optional("at", this::property, ENGAGED_AT);
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
