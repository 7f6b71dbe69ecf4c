package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Kind;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Use.Need;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Mailboxes;
import io.leadgauge.scoring.Seniority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads conditions on properties ({@code when}) and on attributes ({@code where}). */
final class ConditionReader {
  private static final List<String> JOINS = List.of("all", "any", "not");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
  private static final Pattern PROPERTY =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*|crm:[A-Za-z0-9_.]+");

  private final Values values;

  ConditionReader(Values values) {
    this.values = values;
  }

  /** Is told every name that a condition reads. */
  @FunctionalInterface
  interface Uses {
    void add(Position at, String name, Need need);
  }

  /** A test of one value, by the key that manifests use. */
  private enum Test {
    IN(Need.TEXT),
    IS(Need.TRUTH),
    PRESENT(Need.NOTHING),
    MISSING(Need.NOTHING),
    RANGE(Need.NUMBER),
    LIKE(Need.TEXT),
    DOMAIN(Need.TEXT),
    MAILBOX(Need.TEXT),
    SENIORITY(Need.TEXT);

    private final Need need;

    Test(Need need) {
      this.need = need;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
      return Arrays.stream(values()).map(Test::word).toList();
    }
  }

  /** Reads a condition on properties. */
  @Nullable Condition when(Node node, Uses uses) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    for (String join : JOINS) {
      Node parts = mapping.value(join);
      if (parts != null) {
        return Fields.of(node, values, join) == null ? null : joined(join, parts, uses);
      }
    }
    return onProperty(mapping, uses);
  }

  private @Nullable Condition joined(String join, Node parts, Uses uses) {
    if (join.equals("not")) {
      Condition inner = when(parts, uses);
      return inner == null ? null : new Condition.Not(inner);
    }
    List<Condition> conditions = values.list(parts, part -> when(part, uses));
    if (conditions == null) {
      return null;
    }
    return join.equals("all") ? new Condition.All(conditions) : new Condition.Any(conditions);
  }

  private @Nullable Condition onProperty(Mapping mapping, Uses uses) {
    List<String> keys = new ArrayList<>(List.of("property"));
    keys.addAll(Test.words());
    if (mapping.value("property") == null) {
      keys.addAll(JOINS);
    }
    Fields fields = Fields.of(mapping, values, keys);
    if (fields == null) {
      return null;
    }
    String property = fields.required("property", this::property);
    if (property == null) {
      return null;
    }
    return oneTest(mapping, property, need -> uses.add(fields.at("property"), property, need));
  }

  /** Reads the name of a property: neutral, or raw as {@code crm:name}. */
  @Nullable String property(Node node) {
    if (node instanceof Scalar scalar && PROPERTY.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    return values.refuse(
        node, "the name of a property such as title, company.employees or crm:jobtitle");
  }

  /** Reads a condition on attributes: tests by attribute, all of which must hold. */
  @Nullable Condition where(Node node, Uses uses) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<Condition> conditions = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      String name = values.name(entry.key());
      Condition condition =
          attribute(
              name == null ? "" : name,
              entry.value(),
              need -> uses.add(entry.key().at(), entry.key().text(), need));
      if (name != null && condition != null) {
        conditions.add(condition);
      }
    }
    if (mapping.entries().isEmpty()) {
      return values.refuse(node, "at least one attribute");
    }
    return conditions.size() == 1 ? conditions.getFirst() : new Condition.All(conditions);
  }

  private @Nullable Condition attribute(String name, Node node, NeedOf uses) {
    if (!(node instanceof Mapping mapping)) {
      uses.add(Need.TEXT);
      return like(name, node);
    }
    Node not = mapping.value("not");
    if (not == null) {
      List<String> keys = new ArrayList<>(Test.words());
      keys.add("not");
      return Fields.of(mapping, values, keys) == null ? null : oneTest(mapping, name, uses);
    }
    Condition inner = Fields.of(mapping, values, "not") == null ? null : attribute(name, not, uses);
    return inner == null ? null : new Condition.Not(inner);
  }

  /** Is told what the test of a value needs. */
  @FunctionalInterface
  private interface NeedOf {
    void add(Need need);
  }

  private @Nullable Condition oneTest(Mapping mapping, String name, NeedOf uses) {
    Condition condition = null;
    String first = null;
    for (Test test : Test.values()) {
      Node value = mapping.value(test.word());
      if (value == null) {
        continue;
      }
      if (first != null) {
        String both = "\"" + first + "\" and \"" + test.word() + "\" in one condition";
        return values.fail(value, both + ", expected one; join conditions with all or any");
      }
      first = test.word();
      condition = test(test, name, value);
      uses.add(condition instanceof Condition.In ? Need.TEXT : test.need);
    }
    return first == null
        ? values.fail(mapping, "no test, expected one of " + String.join(", ", Test.words()))
        : condition;
  }

  private @Nullable Condition test(Test test, String name, Node value) {
    return switch (test) {
      case IN -> in(name, value);
      case IS -> is(name, value);
      case PRESENT -> flag(value, "missing") ? new Condition.Present(name) : null;
      case MISSING -> flag(value, "present") ? new Condition.Missing(name) : null;
      case RANGE -> range(name, value);
      case LIKE -> like(name, value);
      case DOMAIN -> domain(name, value);
      case MAILBOX -> mailbox(name, value);
      case SENIORITY -> seniority(name, value);
    };
  }

  private @Nullable Condition in(String name, Node value) {
    List<String> texts = values.list(value, values::anyText);
    return texts == null ? null : new Condition.In(name, Set.copyOf(texts));
  }

  private @Nullable Condition is(String name, Node value) {
    boolean isText = value instanceof Scalar scalar && scalar.kind() == Kind.TEXT;
    if (isText) {
      return new Condition.In(name, Set.of(((Scalar) value).text()));
    }
    boolean isTruth = value instanceof Scalar scalar && scalar.kind() == Kind.TRUTH;
    if (!isTruth) {
      return values.refuse(value, "true, false or a text; for numbers there is range");
    }
    return new Condition.Is(name, Boolean.parseBoolean(((Scalar) value).text()));
  }

  /** Reads {@code true}; the opposite has a word of its own. */
  private boolean flag(Node value, String opposite) {
    Boolean flag = values.truth(value);
    if (flag != null && !flag) {
      values.fail(value, "false, expected true; the opposite is " + opposite + ": true");
    }
    return flag != null && flag;
  }

  private @Nullable Condition range(String name, Node value) {
    Range range = Range.read(value, values);
    return range == null ? null : new Condition.InRange(name, range.from(), range.to());
  }

  private @Nullable Condition like(String name, Node value) {
    List<String> globs = values.oneOrMore(value, values::anyText);
    return globs == null ? null : new Condition.Like(name, globs);
  }

  private @Nullable Condition domain(String name, Node value) {
    List<String> domains = values.oneOrMore(value, this::oneDomain);
    return domains == null ? null : new Condition.MailDomain(name, Set.copyOf(domains));
  }

  private @Nullable String oneDomain(Node node) {
    String domain = node instanceof Scalar scalar ? scalar.text().toLowerCase(Locale.ROOT) : "";
    return DOMAIN.matcher(domain).matches()
        ? domain
        : values.refuse(node, "a mail domain such as example.com");
  }

  private @Nullable Condition mailbox(String name, Node value) {
    Set<String> free =
        values
            .word(
                word -> Optional.of(Mailboxes.free()).filter(d -> word.equals("free")),
                List.of("free"))
            .read(value);
    return free == null ? null : new Condition.MailDomain(name, free);
  }

  private @Nullable Condition seniority(String name, Node value) {
    List<String> words = Arrays.stream(Seniority.values()).map(Seniority::word).toList();
    List<Seniority> found = values.oneOrMore(value, values.word(Seniority::ofWord, words));
    return found == null ? null : new Condition.TitleSeniority(name, new TreeSet<>(found));
  }
}
