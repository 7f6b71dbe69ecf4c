package io.leadgauge.bench;

import io.leadgauge.model.Contribution;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.HandTuned;
import io.leadgauge.scoring.Ours;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Contacts scored per second of a core, one contact and one instant after the other.
 *
 * <p>{@code …Raw} starts from a subject: texts and a list of activities. The others start from a
 * contact that was read into the form that suits the variant best, as long as no fact changes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class ScoringBench {
  /** The next contact and the next instant: instants only move on, a second at a time. */
  private static final class Turn {
    private int turn;

    int next() {
      turn++;
      return turn & (Contacts.COUNT - 1);
    }

    long now() {
      return Contacts.NOW + 1000L * (turn & 0xFFFFF);
    }
  }

  /** Contacts for Java by hand and for ours. */
  @State(Scope.Thread)
  public static class Own {
    private final Turn turn = new Turn();
    private final List<Subject> subjects = Contacts.make();
    private final Ours ours = new Ours(FortyRules.load().definition());
    private final HandTuned.Contact[] byHand =
        subjects.stream().map(HandTuned::read).toArray(HandTuned.Contact[]::new);
    private final Ours.Read[] read = subjects.stream().map(ours::read).toArray(Ours.Read[]::new);
  }

  /** Java by hand, from the subject. */
  @Benchmark
  public long handRaw(Own own) {
    return HandTuned.read(own.subjects.get(own.turn.next())).total(own.turn.now());
  }

  /** Java by hand, every rule applied to typed values and marked activities. */
  @Benchmark
  public long handSlots(Own own) {
    return own.byHand[own.turn.next()].totalOfSlots(own.turn.now());
  }

  /** Java by hand, from a contact read before; what its properties give is known. */
  @Benchmark
  public long hand(Own own) {
    return own.byHand[own.turn.next()].total(own.turn.now());
  }

  /** Ours, from the subject, points only. */
  @Benchmark
  public long oursRaw(Own own) {
    return own.ours.read(own.subjects.get(own.turn.next())).total(own.turn.now());
  }

  /** Ours, from the subject, with the ledger. */
  @Benchmark
  public List<Contribution> oursRawLedger(Own own) {
    return own.ours.read(own.subjects.get(own.turn.next())).ledger(own.turn.now());
  }

  /** Ours, from a contact read before, points only. */
  @Benchmark
  public long ours(Own own) {
    return own.read[own.turn.next()].total(own.turn.now());
  }

  /** Ours, from a contact read before, with the ledger. */
  @Benchmark
  public List<Contribution> oursLedger(Own own) {
    return own.read[own.turn.next()].ledger(own.turn.now());
  }

  /** Ours, from the subject: score, decision, reasons, and until when they hold. */
  @Benchmark
  public Evaluation oursRawEvaluate(Own own) {
    return own.ours.read(own.subjects.get(own.turn.next())).evaluate(own.turn.now());
  }

  /** The other engines. */
  enum Engine {
    DROOLS {
      @Override
      RuleEngine<?> make() {
        return new Drools();
      }
    },
    CEL {
      @Override
      RuleEngine<?> make() {
        return new CommonExpression();
      }
    },
    JEXL {
      @Override
      RuleEngine<?> make() {
        return new Jexl();
      }
    },
    EASY_RULES {
      @Override
      RuleEngine<?> make() {
        return new EasyRules();
      }
    };

    abstract RuleEngine<?> make();
  }

  /** An engine with its contacts. */
  private record Other<F>(RuleEngine<F> engine, List<F> forms) {
    static <F> Other<F> of(RuleEngine<F> engine, List<Subject> subjects, boolean grouped) {
      List<F> forms = new ArrayList<>();
      subjects.forEach(subject -> forms.add(engine.form(Person.of(subject, grouped))));
      return new Other<>(engine, forms);
    }

    long sum(int place, long now) {
      return engine.sum(forms.get(place), now);
    }

    long sum(Subject subject, boolean grouped, long now) {
      return engine.sum(engine.form(Person.of(subject, grouped)), now);
    }
  }

  /** Contacts for another engine. */
  @State(Scope.Thread)
  public static class Others {
    /** Which engine. */
    @Param({"DROOLS", "CEL", "JEXL", "EASY_RULES"})
    public String engine = "";

    /** Whether the function that the rules call finds activities by type. */
    @Param({"false", "true"})
    public boolean grouped;

    private final Turn turn = new Turn();
    private final List<Subject> subjects = Contacts.make();
    private Other<?> other = Other.of(new EasyRules(), List.of(), false);

    /** Compiles the rules and reads the contacts. */
    @Setup(Level.Trial)
    public void start() {
      other = Other.of(Engine.valueOf(engine).make(), subjects, grouped);
    }
  }

  /** Another engine, from the subject. */
  @Benchmark
  public long otherRaw(Others others) {
    int place = others.turn.next();
    return others.other.sum(others.subjects.get(place), others.grouped, others.turn.now());
  }

  /** Another engine, from a contact read before. */
  @Benchmark
  public long other(Others others) {
    return others.other.sum(others.turn.next(), others.turn.now());
  }

  /** Runs what the options of JMH choose, all if there are none, and prints ratios. */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(args);
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().parent(given).addProfiler(CpuTime.class).build()).run();
    System.out.print(Ratios.text(results));
  }
}
