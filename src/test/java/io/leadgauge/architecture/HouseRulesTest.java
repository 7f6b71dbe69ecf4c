package io.leadgauge.architecture;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static io.leadgauge.architecture.HouseRulesTest.Case.Verdict.BREAKS;
import static io.leadgauge.architecture.HouseRulesTest.Case.Verdict.KEEPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.leadgauge.architecture.HouseRulesTest.Case.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule sees what it is there to see, and lets pass what is right. */
final class HouseRulesTest {
  /** One class in one room, and what a rule must say of it. */
  record Case(ArchRule rule, Verdict verdict, String className, String body) {
    enum Verdict {
      BREAKS,
      KEEPS
    }

    @Override
    public String toString() {
      return "%s { %s } %s".formatted(className, body, verdict);
    }
  }

  private static final List<Case> CASES =
      all(
          Stream.of(
              imports(),
              purity(),
              edges(),
              time(),
              timers(),
              floatingPoint(),
              habits(),
              secrets(),
              waysOut()));

  private static final Map<String, String> IN_THE_MIDDLE_OF_A_METHOD =
      Map.of(
          "io.leadgauge.scoring.Literal", "long x(long a) { return (long) (a * 0.5); }",
          "io.leadgauge.scoring.Power", "long x(long a) { return Math.round(Math.pow(2, a)); }",
          "io.leadgauge.scoring.Local", "int x() { float f = 3; return (int) f; }",
          "io.leadgauge.scoring.Parsed", "boolean x(String s) { return Double.valueOf(s) > 1; }");

  private static final String FLOOD = "io.leadgauge.bench.Flood";

  private static final String INTEGERS = "io.leadgauge.scoring.Integers";

  @TempDir static Path folder;
  private static JavaClasses compiled;

  @BeforeAll
  static void compile() throws IOException {
    Map<String, String> bodies = new TreeMap<>(IN_THE_MIDDLE_OF_A_METHOD);
    CASES.forEach(shown -> bodies.put(shown.className(), shown.body()));
    Stream.of(Room.values()).forEach(room -> bodies.put(room.packageName() + ".To", ""));
    bodies.put(Room.HOUSE + ".elsewhere.To", "");
    bodies.put(Room.HOUSE + ".store.CycleA", "io.leadgauge.store.sqlite.CycleB b;");
    bodies.put(Room.HOUSE + ".store.sqlite.CycleB", "io.leadgauge.store.CycleA a;");
    bodies.put(INTEGERS, "long x(long a, int b) { return a / 3 * b >>> 2 ^ ~a; }");
    compiled = Snippets.compile(bodies, folder);
  }

  static List<Case> cases() {
    return CASES;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rule_shownAClass_saysWhetherItIsKept(Case shown) {
    assertThat(breaks(shown.rule(), shown.className())).isEqualTo(shown.verdict() == BREAKS);
  }

  @Test
  void cycle_betweenPackagesOfOneRoom_isSeen() {
    assertThat(breaks(HouseRules.NO_CYCLES, ".*\\.Cycle.")).isTrue();
    assertThat(breaks(HouseRules.NO_CYCLES, ".*\\.CycleA")).isFalse();
  }

  @Test
  void rules_eachOne_isShownSomethingThatBreaksIt() {
    List<ArchRule> shown =
        CASES.stream().filter(one -> one.verdict() == BREAKS).map(Case::rule).toList();
    assertThat(Arrays.stream(HouseRules.class.getFields()).map(HouseRulesTest::valueOf))
        .filteredOn(rule -> !rule.equals(HouseRules.NO_CYCLES))
        .isNotEmpty()
        .allMatch(shown::contains);
  }

  @Test
  void floatingPoint_inTheMiddleOfAMethod_isSeen() throws IOException {
    for (String name : IN_THE_MIDDLE_OF_A_METHOD.keySet()) {
      assertThat(FloatingPoint.instructionsOf(List.of(Snippets.classFile(folder, name))))
          .as(name)
          .isNotEmpty();
    }
  }

  @Test
  void floatingPoint_inIntegerArithmetic_isNotSeen() throws IOException {
    assertThat(FloatingPoint.instructionsOf(List.of(Snippets.classFile(folder, INTEGERS))))
        .isEmpty();
  }

  private static List<Case> imports() {
    Stream<String> wrong =
        Stream.of(
            "model -> scoring",
            "scoring -> crm",
            "crm.signature -> crm",
            "crm -> manifest",
            "crm -> crm.hubspot",
            "crm.hubspot -> crm.salesforce",
            "crm.hubspot -> store",
            "manifest -> store",
            "store -> scoring",
            "store.sqlite -> crm",
            "pipeline -> crm.hubspot",
            "pipeline -> http",
            "replay -> crm.events",
            "http -> crm.hubspot",
            "http -> replay",
            "sandbox -> crm",
            "sandbox -> pipeline",
            "bench -> cli",
            "cli -> elsewhere",
            "elsewhere -> model");
    Stream<String> right =
        Stream.of(
            "scoring -> model",
            "crm -> crm.signature",
            "crm.hubspot -> crm",
            "store.sqlite -> store",
            "pipeline -> manifest",
            "replay -> pipeline",
            "http -> pipeline",
            "sandbox -> crm.signature",
            "bench -> sandbox",
            "cli -> bench");
    return Stream.concat(
            wrong.map(way -> importing(BREAKS, way)), right.map(way -> importing(KEEPS, way)))
        .toList();
  }

  private static Case importing(Verdict verdict, String way) {
    String[] rooms = way.split(" -> ", 2);
    String name = Room.HOUSE + "." + rooms[0] + ".To" + rooms[1].replace('.', '_');
    return new Case(HouseRules.IMPORTS, verdict, name, Room.HOUSE + "." + rooms[1] + ".To[] to;");
  }

  private static List<Case> purity() {
    String[] impure = {
      "System.Logger log;",
      "java.util.logging.Logger log;",
      "com.fasterxml.jackson.databind.JsonNode node;",
      "io.vertx.core.Future<?> future;"
    };
    return all(
        Stream.of(
            in("scoring", HouseRules.PURE, BREAKS, impure),
            in("model", HouseRules.PURE, BREAKS, impure),
            in("crm.signature", HouseRules.PURE_SIGNATURES, BREAKS, impure),
            in("crm.signature", HouseRules.PURE_SIGNATURES, KEEPS, "javax.crypto.Mac mac;")));
  }

  private static List<Case> edges() {
    String future = "io.vertx.core.Future<?> future;";
    String connection = "java.sql.Connection connection;";
    return all(
        Stream.of(
            in("crm", HouseRules.VERTX_AT_THE_EDGE, BREAKS, future),
            in("manifest", HouseRules.VERTX_AT_THE_EDGE, BREAKS, future),
            in("store.sqlite", HouseRules.VERTX_AT_THE_EDGE, BREAKS, future),
            in("crm.hubspot", HouseRules.VERTX_AT_THE_EDGE, KEEPS, future),
            in("pipeline", HouseRules.JDBC_IN_THE_STORE, BREAKS, connection),
            in("store.sqlite", HouseRules.JDBC_IN_THE_STORE, KEEPS, connection)));
  }

  private static List<Case> time() {
    String[] own = {
      "Object x = System.currentTimeMillis();",
      "Object x = System.nanoTime();",
      "java.util.function.LongSupplier x = System::nanoTime;",
      "Object x = java.time.Instant.now();",
      "java.util.function.Supplier<?> x = java.time.Instant::now;",
      "Object x = java.time.LocalDate.now(java.time.ZoneOffset.UTC);",
      "Object x = java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC);",
      "Object x = java.time.Clock.systemUTC();",
      "Object x = java.time.Clock.tickMillis(java.time.ZoneOffset.UTC);",
      "Object x = new java.util.Date();",
      "Object x = java.util.Calendar.getInstance();",
      "Object x = Math.random();",
      "Object x = new java.util.Random();",
      "java.util.function.Supplier<?> x = java.util.Random::new;",
      "Object x = new java.util.SplittableRandom();",
      "Object x = new java.security.SecureRandom();",
      "Object x = java.util.random.RandomGenerator.getDefault();",
      "Object x = java.util.concurrent.ThreadLocalRandom.current();",
      "Object x = java.util.UUID.randomUUID();",
      "void x() throws Exception { Thread.sleep(java.time.Duration.ZERO); }",
      "void x() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(1); }",
      "void x() throws Exception { this.wait(1); }",
      "void x(java.util.concurrent.locks.Condition c) throws Exception { c.awaitNanos(1); }",
      "void x(java.util.concurrent.locks.Condition c) throws Exception"
          + " { c.await(1, java.util.concurrent.TimeUnit.DAYS); }",
      "void x() { java.util.concurrent.locks.LockSupport.parkNanos(1); }",
      "Object x = new java.util.Timer();",
      "Object x = java.util.concurrent.Executors.newScheduledThreadPool(1);",
      "void x(java.util.concurrent.ScheduledExecutorService s)"
          + " { s.schedule(() -> {}, 1, java.util.concurrent.TimeUnit.DAYS); }",
      "void x(java.util.concurrent.CompletableFuture<?> f)"
          + " { f.orTimeout(1, java.util.concurrent.TimeUnit.DAYS); }"
    };
    String[] given = {
      "Object x = new java.util.Random(1);",
      "Object x = new java.util.Date(1);",
      "Object x = java.time.Instant.ofEpochMilli(1);",
      "void x(java.util.concurrent.locks.Condition c) throws Exception { c.await(); }"
    };
    String clock = Room.HOUSE + ".cli.SystemClockwork";
    return all(
        Stream.of(
            in("cli", HouseRules.TIME_IS_A_PARAMETER, BREAKS, own),
            in("http", HouseRules.TIME_IS_A_PARAMETER, KEEPS, given),
            List.of(new Case(HouseRules.TIME_IS_A_PARAMETER, KEEPS, clock, own[0]))));
  }

  private static List<Case> timers() {
    String[] timers = {
      "void x(io.vertx.core.Vertx v) { v.setTimer(1, id -> {}); }",
      "void x(io.vertx.core.Vertx v) { v.setPeriodic(1, id -> {}); }",
      "void x(io.vertx.core.Future<?> f) { f.timeout(1, java.util.concurrent.TimeUnit.DAYS); }"
    };
    return all(
        Stream.of(
            in("pipeline", HouseRules.TIMERS_OF_VERTX_AT_THE_EDGE, BREAKS, timers),
            in("bench", HouseRules.TIMERS_OF_VERTX_AT_THE_EDGE, BREAKS, timers),
            in("sandbox", HouseRules.TIMERS_OF_VERTX_AT_THE_EDGE, KEEPS, timers),
            List.of(new Case(HouseRules.TIMERS_OF_VERTX_AT_THE_EDGE, KEEPS, FLOOD, timers[1]))));
  }

  private static List<Case> floatingPoint() {
    String[] declarations = {
      "double x;", "Float x;", "double[][] x;", "void x(float y) {}", "Double x() { return null; }"
    };
    return all(
        Stream.of(
            in("scoring", HouseRules.NO_FLOATING_POINT, BREAKS, declarations),
            in("scoring", HouseRules.NO_FLOATING_POINT, KEEPS, "long x; int[] y;"),
            in("manifest", HouseRules.NO_FLOATING_POINT, KEEPS, declarations)));
  }

  private static List<Case> habits() {
    String[] console = {
      "void x() { System.out.println(); }",
      "java.util.function.Consumer<String> x = System.err::println;",
      "void x() { System.exit(1); }",
      "void x(IllegalStateException e) { e.printStackTrace(); }"
    };
    Stream<Case> names =
        Stream.of("TimeUtils", "Util", "StoreImpl", "CacheManager", "TestHelper")
            .map(name -> Room.HOUSE + ".http." + name)
            .map(name -> new Case(HouseRules.NAMES_SAY_WHAT_IT_IS, BREAKS, name, ""));
    return all(
        Stream.of(
            in("bench", HouseRules.CONSOLE_FOR_THE_COMMAND_LINE, BREAKS, console),
            in("cli", HouseRules.CONSOLE_FOR_THE_COMMAND_LINE, KEEPS, console),
            in("http", HouseRules.ONE_WAY_TO_LOG, BREAKS, "java.util.logging.Logger log;"),
            in("http", HouseRules.ONE_WAY_TO_LOG, KEEPS, "System.Logger log;"),
            in("http", HouseRules.NULL_MARKED, BREAKS, ""),
            names.toList()));
  }

  private static List<Case> secrets() {
    String given = "(io.leadgauge.model.Secret s, String t) { return ";
    String[] hasty = {
      "boolean x" + given + "s.reveal().equals(t); }",
      "boolean x" + given + "t.equals(s.reveal()); }",
      "boolean x" + given + "t.startsWith(s.reveal()); }",
      "boolean x" + given + "java.util.Objects.equals(t, s.reveal()); }",
      "boolean x" + given + "java.util.Arrays.equals(t.getBytes(), s.revealBytes()); }",
      "boolean x" + given + "java.util.List.of(t).contains(s.reveal()); }",
      "boolean x" + given + "java.util.stream.Stream.of(s).anyMatch(o -> o.reveal().equals(t)); }",
      "boolean x"
          + given
          + "y(t, s.reveal()); } boolean y(String a, String b) { return a.equals(b); }"
    };
    String[] steady = {
      "boolean x" + given + "java.security.MessageDigest.isEqual(t.getBytes(), s.revealBytes()); }",
      "String x" + given + "s.reveal() + t; }",
      "boolean x" + given + "t.equals(\"none\"); }"
    };
    return all(
        Stream.of(
            in("http", HouseRules.SECRETS_IN_CONSTANT_TIME, BREAKS, hasty),
            in("crm.signature", HouseRules.SECRETS_IN_CONSTANT_TIME, BREAKS, hasty),
            in("http", HouseRules.SECRETS_IN_CONSTANT_TIME, KEEPS, steady),
            in("cli", HouseRules.SECRETS_IN_CONSTANT_TIME, KEEPS, hasty)));
  }

  private static List<Case> waysOut() {
    String[] out = {
      "Object x = java.net.http.HttpClient.newHttpClient();",
      "Object x = java.net.http.HttpClient.newBuilder().build();",
      "Object x = new java.net.Socket();",
      "void x(java.net.URL u) throws Exception { u.openConnection(); }",
      "void x(io.vertx.core.Vertx v) { v.createHttpClient(); }",
      "void x(io.vertx.core.Vertx v) { io.vertx.ext.web.client.WebClient.create(v); }"
    };
    return all(
        Stream.of(
            in("cli", HouseRules.ONE_WAY_OUT, BREAKS, out),
            in("crm.hubspot", HouseRules.ONE_WAY_OUT, BREAKS, out),
            in("bench", HouseRules.ONE_WAY_OUT, BREAKS, out),
            in("sandbox", HouseRules.ONE_WAY_OUT, KEEPS, out),
            List.of(
                new Case(
                    HouseRules.ONE_WAY_OUT, KEEPS, Room.HOUSE + ".crm.OutgoingHttp", out[0]))));
  }

  /** A class for each body, whose name is found nowhere else. */
  private static List<Case> in(String room, ArchRule rule, Verdict verdict, String... bodies) {
    return IntStream.range(0, bodies.length)
        .mapToObj(
            i -> {
              int content = List.of(rule.getDescription(), room, bodies[i]).hashCode();
              String name = "Shown" + Integer.toHexString(content);
              return new Case(rule, verdict, Room.HOUSE + "." + room + "." + name, bodies[i]);
            })
        .toList();
  }

  private static List<Case> all(Stream<List<Case>> cases) {
    return cases.flatMap(List::stream).toList();
  }

  /** Some rules have nothing to say of a class in another room, which is not to break them. */
  private static boolean breaks(ArchRule rule, String classNames) {
    JavaClasses shown = compiled.that(nameMatching(classNames));
    assertThat(shown).isNotEmpty();
    return rule.allowEmptyShould(true).evaluate(shown).hasViolation();
  }

  private static ArchRule valueOf(java.lang.reflect.Field field) {
    try {
      return (ArchRule) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
