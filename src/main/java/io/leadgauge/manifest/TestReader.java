package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Kind;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Use.Need;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Countries;
import io.leadgauge.scoring.Department;
import io.leadgauge.scoring.MailboxKind;
import io.leadgauge.scoring.Regions;
import io.leadgauge.scoring.Seniority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads tests of one value, such as {@code range: 50..<500}. */
final class TestReader {
  /** The words that begin a test. */
  static final List<String> WORDS = Arrays.stream(Test.values()).map(Test::word).toList();

  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

  private final Values values;
  private final RegexReader regexes;

  TestReader(Values values) {
    this.values = values;
    this.regexes = new RegexReader(values);
  }

  /** A test of one value, by the key that manifests use. */
  private enum Test {
    IN(Need.TEXT),
    IS(Need.TRUTH),
    LIKE(Need.TEXT),
    REGEX(Need.TEXT),
    RANGE(Need.NUMBER),
    AGO(Need.DATE),
    AHEAD(Need.DATE),
    INCLUDES(Need.TEXT),
    DOMAIN(Need.TEXT),
    MAILBOX(Need.TEXT),
    SENIORITY(Need.TEXT),
    DEPARTMENT(Need.TEXT),
    COUNTRY(Need.TEXT),
    PRESENT(Need.NOTHING),
    MISSING(Need.NOTHING);

    private final Need need;

    Test(Need need) {
      this.need = need;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Is told what the test of a value needs. */
  @FunctionalInterface
  interface NeedOf {
    void add(Need need);
  }

  /** Reads the one test of a mapping. */
  @Nullable Condition one(Mapping mapping, String name, NeedOf uses) {
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
        ? values.fail(mapping, "no test, expected one of " + String.join(", ", WORDS))
        : condition;
  }

  private @Nullable Condition test(Test test, String name, Node value) {
    return switch (test) {
      case IN -> in(name, value);
      case IS -> is(name, value);
      case LIKE -> like(name, value);
      case REGEX -> regex(name, value);
      case RANGE -> range(name, value);
      case AGO -> ago(name, value);
      case AHEAD -> ahead(name, value);
      case INCLUDES -> includes(name, value);
      case DOMAIN -> domain(name, value);
      case MAILBOX -> mailbox(name, value);
      case SENIORITY -> seniority(name, value);
      case DEPARTMENT -> department(name, value);
      case COUNTRY -> country(name, value);
      case PRESENT -> flag(value, "missing") ? new Condition.Present(name) : null;
      case MISSING -> flag(value, "present") ? new Condition.Missing(name) : null;
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

  /** Reads a glob or several. */
  @Nullable Condition like(String name, Node value) {
    List<String> globs = values.oneOrMore(value, values::anyText);
    return globs == null ? null : new Condition.Like(name, globs);
  }

  private @Nullable Condition regex(String name, Node value) {
    String regex = regexes.regex(value);
    return regex == null ? null : new Condition.Matches(name, regex);
  }

  private @Nullable Condition range(String name, Node value) {
    Range range = Range.read(value, values);
    return range == null ? null : new Condition.InRange(name, range.from(), range.to());
  }

  private @Nullable Condition ago(String name, Node value) {
    AgeRange range = AgeRange.read(value, values);
    return range == null ? null : aged(name, range.ago());
  }

  private @Nullable Condition ahead(String name, Node value) {
    AgeRange range = AgeRange.read(value, values);
    return range == null ? null : aged(name, range.ahead());
  }

  private static Condition aged(String name, AgeRange ages) {
    return new Condition.Aged(name, ages.from(), ages.to());
  }

  private @Nullable Condition includes(String name, Node value) {
    List<String> texts = values.oneOrMore(value, values::item);
    return texts == null ? null : new Condition.Includes(name, Set.copyOf(texts));
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
    Set<MailboxKind> found =
        words(value, MailboxKind.values(), MailboxKind::word, MailboxKind::ofWord);
    return found == null ? null : new Condition.Mailbox(name, found);
  }

  private @Nullable Condition department(String name, Node value) {
    Set<Department> found = words(value, Department.values(), Department::word, Department::ofWord);
    return found == null ? null : new Condition.TitleDepartment(name, found);
  }

  private @Nullable Condition seniority(String name, Node value) {
    Set<Seniority> found = words(value, Seniority.values(), Seniority::word, Seniority::ofWord);
    return found == null ? null : new Condition.TitleSeniority(name, found);
  }

  /** Reads one or several words of a closed vocabulary. */
  private <T> @Nullable Set<T> words(
      Node node, T[] known, Function<T, String> word, Function<String, Optional<T>> ofWord) {
    List<String> all = Arrays.stream(known).map(word).toList();
    List<T> found = values.oneOrMore(node, values.word(ofWord, all));
    return found == null ? null : new TreeSet<>(found);
  }

  private @Nullable Condition country(String name, Node value) {
    List<Set<String>> found = values.oneOrMore(value, this::countryOrRegion);
    if (found == null) {
      return null;
    }
    Set<String> codes = new TreeSet<>();
    found.forEach(codes::addAll);
    return new Condition.CountryIn(name, codes);
  }

  private @Nullable Set<String> countryOrRegion(Node node) {
    String word = node instanceof Scalar scalar ? scalar.text() : "";
    Optional<Set<String>> region = Regions.of(word);
    if (region.isPresent()) {
      return region.get();
    }
    if (Countries.codes().contains(word)) {
      return Set.of(word);
    }
    String code = Countries.code(word);
    if (code != null) {
      return values.fail(
          node, Values.found(node) + ", expected a code, did you mean \"" + code + "\"?");
    }
    String hint = Spelling.hint(word, Regions.names());
    return values.fail(node, Values.found(node) + " is no country's code and no region" + hint);
  }
}
