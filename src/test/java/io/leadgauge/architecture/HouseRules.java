package io.leadgauge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.leadgauge.architecture.Room.CLI;
import static io.leadgauge.architecture.Room.in;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What is true of every class of the project, as rules over the compiled classes. */
public final class HouseRules {
  private static final DescribedPredicate<JavaClass> PLAIN_JAVA =
      resideInAnyPackage("java..", "org.jspecify..")
          .and(not(resideInAnyPackage("java.util.logging..")))
          .and(not(named("java.lang.System$Logger")))
          .as("plain Java");

  /** One way only: the table of rooms in the design. */
  public static final ArchRule IMPORTS = classes().should(Conditions.IMPORT_AS_THEIR_ROOM_MAY);

  public static final ArchRule NO_CYCLES =
      slices().matching(Room.HOUSE + ".(**)").should().beFreeOfCycles();

  /** The rooms that are words and arithmetic, and nothing else. */
  public static final ArchRule PURE =
      classes()
          .that(in(Room.MODEL, Room.SCORING))
          .should()
          .onlyDependOnClassesThat(in(Room.MODEL, Room.SCORING).or(PLAIN_JAVA));

  public static final ArchRule PURE_SIGNATURES =
      classes()
          .that(in(Room.SIGNATURE))
          .should()
          .onlyDependOnClassesThat(
              in(Room.MODEL, Room.SIGNATURE)
                  .or(PLAIN_JAVA)
                  .or(resideInAnyPackage("javax.crypto..")));

  /** Futures and event loops stay at the edge. */
  public static final ArchRule VERTX_AT_THE_EDGE =
      noClasses()
          .that(in(Room.MODEL, Room.SCORING, Room.SIGNATURE, Room.CRM, Room.MANIFEST, Room.STORE))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  public static final ArchRule JDBC_IN_THE_STORE =
      noClasses()
          .that(not(in(Room.STORE, Room.BENCH)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..");

  /** Law 5: one class knows the time. */
  public static final ArchRule TIME_IS_A_PARAMETER =
      noClasses()
          .that(not(named("io.leadgauge.cli.SystemClockwork")))
          .should(accessTargetWhere(new ClockAndChance()));

  /**
   * Vert.x has a clock of its own, for what it waits for itself. A load of so many requests a
   * second needs a beat.
   */
  public static final ArchRule TIMERS_OF_VERTX_AT_THE_EDGE =
      noClasses()
          .that(not(named("io.leadgauge.bench.Flood")))
          .and(
              not(
                  in(
                      Room.HTTP,
                      Room.REST,
                      Room.HUBSPOT,
                      Room.SALESFORCE,
                      Room.EVENTS,
                      Room.SANDBOX)))
          .should(accessTargetWhere(timersOfVertx()));

  /** Law 10, as far as signatures show it; {@link FloatingPoint} looks at the instructions. */
  public static final ArchRule NO_FLOATING_POINT =
      classes().that(in(Room.SCORING)).should(Conditions.DECLARE_NO_FLOATING_POINT);

  public static final ArchRule CONSOLE_FOR_THE_COMMAND_LINE =
      noClasses().that(not(in(CLI))).should(accessTargetWhere(console()));

  /** {@link System.Logger} is the one way to log; what stands behind it is set up in one place. */
  public static final ArchRule ONE_WAY_TO_LOG =
      noClasses()
          .that(not(in(CLI)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "org.slf4j..", "org.apache..", "io.vertx..logging..");

  /** Law 9: how long a comparison takes tells nothing of a secret, nor of a right signature. */
  public static final ArchRule SECRETS_IN_CONSTANT_TIME =
      classes()
          .that(in(Room.MODEL, Room.SIGNATURE, Room.CRM, Room.PIPELINE, Room.HTTP))
          .should(Conditions.COMPARE_SECRETS_BY_DIGEST);

  /**
   * Calls go where somebody configured: clients are made where redirects and proxies are off. What
   * makes load writes bytes to this machine alone, and knows neither.
   */
  public static final ArchRule ONE_WAY_OUT =
      noClasses()
          .that(not(in(Room.SANDBOX)))
          .and(not(named("io.leadgauge.bench.Flood")))
          .and(not(named("io.leadgauge.crm.OutgoingHttp")))
          .and(not(named("io.leadgauge.crm.rest.RestTransport")))
          .should(accessTargetWhere(new WaysOut()));

  public static final ArchRule NAMES_SAY_WHAT_IT_IS =
      noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Impl|Manager)");

  public static final ArchRule NULL_MARKED =
      classes().should(Conditions.RESIDE_IN_A_NULL_MARKED_PACKAGE);

  private HouseRules() {}

  private static DescribedPredicate<JavaClass> named(String name) {
    return describe(name, type -> type.getFullName().equals(name));
  }

  private static DescribedPredicate<JavaAccess<?>> timersOfVertx() {
    Set<String> timers =
        Set.of("setTimer", "setPeriodic", "timer", "timerStream", "periodicStream", "timeout");
    return describe(
        "a timer of Vert.x",
        use ->
            timers.contains(use.getName())
                && use.getTargetOwner().getPackageName().equals("io.vertx.core"));
  }

  private static DescribedPredicate<JavaAccess<?>> console() {
    Set<String> members = Set.of("in", "out", "err", "exit", "console");
    return describe(
        "the console or the exit of the process",
        use ->
            use.getName().equals("printStackTrace")
                || (use.getTargetOwner().isEquivalentTo(System.class)
                    && members.contains(use.getName())));
  }
}
