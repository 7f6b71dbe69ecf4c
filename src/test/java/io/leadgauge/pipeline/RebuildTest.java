package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.crm.Guard;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.scoring.ModelDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store is what its journal says, whatever has happened. */
class RebuildTest {
  private static final List<String> TITLES = List.of("VP", "Clerk", "Intern", "");
  private static final List<String> MAILS =
      List.of("ann@x.example", "bob@x.example", "Info@x.example", "");
  private static final List<String> STAGES = List.of("lead", "mql", "customer", "");
  private static final int STEPS = 60;

  @TempDir Path folder;

  /** Little is kept of names that lead to nobody. */
  private static Connection connection(SeveralWithEmail several) {
    EventTerms terms = new EventTerms(new TreeMap<>(), several, 4, 12, Duration.ofDays(20));
    return LinksTest.connection(new Guard(1_000, 100)).with(terms.fedBy(Rig.web()));
  }

  @Test
  void store_afterRandomDays_isWhatItsJournalSays() {
    Seeds.forEach(
        150, random -> new Life(folder.resolve(Long.toString(random.nextLong())), random).live());
  }

  /** Random days of a few people, told in any order, several times, to one installation. */
  private static final class Life {
    private final Path place;
    private final SplittableRandom random;
    private final RebuiltRig rebuilt = new RebuiltRig();
    private final List<String> told = new ArrayList<>();
    private Connection connection;
    private ModelDefinition model = LinksTest.model();
    private final int[] generations = new int[6];
    private long decisions;
    private boolean erased;
    private int restarts;

    Life(Path place, SplittableRandom random) {
      this.place = place;
      this.random = random;
      this.connection = connection(SeveralWithEmail.values()[random.nextInt(3)]);
    }

    void live() {
      for (int life = 0; life < 2; life++) {
        try (Rig rig = start()) {
          for (int step = 0; step < STEPS; step++) {
            step(rig);
          }
          rig.settle();
          assertEqual(rebuilt.of(place, rig.crm));
        }
      }
      assertThat(decisions).isPositive();
    }

    private void assertEqual(Rebuilt found) {
      if (found.differences() > 0) {
        try {
          new ProcessBuilder("cp", "-r", place.toString(), "/tmp/rbdump").start().waitFor();
        } catch (Exception e) {
          throw new RuntimeException(e);
        }
      }
      assertThat(found.first()).as(found.toString()).isEmpty();
      assertThat(found.differences()).isZero();
      decisions += found.decisions();
      if (!erased) {
        assertThat(found.lost()).isZero();
      }
    }

    private Rig start() {
      rebuilt.know(connection, model);
      return Rig.startAfter(200 * restarts++, place, connection, model, crm -> crm.define("email"));
    }

    private String contact() {
      int slot = random.nextInt(generations.length);
      return Integer.toString(1 + slot + 10 * generations[slot]);
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    private void step(Rig rig) {
      rig.crm.passTo(rig.clock.now() - 1_000);
      switch (random.nextInt(24)) {
        case 0, 1, 2 -> tell(rig, rig.crm.set(contact(), "jobtitle", one(TITLES)));
        case 3, 4 -> tell(rig, rig.crm.set(contact(), "email", one(MAILS)));
        case 5 -> tell(rig, rig.crm.set(contact(), "lifecyclestage", one(STAGES)));
        case 6 -> tell(rig, rig.crm.set(contact(), "form_date", "" + rig.clock.now()));
        case 7 ->
            tell(rig, rig.crm.set(contact(), "~works-at", one(List.of("company/7", "company/8"))));
        case 8 ->
            tell(
                rig,
                rig.crm.set(
                    "company/" + (7 + random.nextInt(2)), "size", one(List.of("big", "small"))));
        case 9 -> tell(rig, rig.crm.set(contact(), one(List.of("~into", "~out-of")), contact()));
        case 10 -> {
          String meeting = "meeting/" + (1 + random.nextInt(3));
          rig.crm.set(meeting, "start", "" + rig.clock.now());
          tell(rig, rig.crm.set(contact(), one(List.of("~with", "~with", "~left")), meeting));
        }
        case 11, 12, 13 -> rig.tell(event(rig), event(rig));
        case 14 -> again(rig);
        case 15 -> rig.keep("garbage");
        case 16 -> rig.clock.advance(random.nextLong(4 * Rig.DAY));
        case 17 -> rarely(rig);
        case 18, 19, 20, 21, 22 -> rig.settle();
        default -> rig.crm.set(contact(), "jobtitle", one(TITLES));
      }
    }

    private void tell(Rig rig, String line) {
      told.add(line);
      if (random.nextInt(4) > 0) {
        rig.keep(line);
      }
    }

    /** Late, and what was told already. */
    private void again(Rig rig) {
      if (!told.isEmpty()) {
        rig.keep(one(told), one(told), one(told));
      }
    }

    private String event(Rig rig) {
      List<String> keys = new ArrayList<>();
      if (random.nextBoolean()) {
        keys.add("'email':'" + one(MAILS.subList(0, 3)) + "'");
      }
      if (random.nextInt(3) == 0) {
        keys.add("'id':'" + contact() + "'");
      }
      if (keys.isEmpty() || random.nextBoolean()) {
        keys.add("'anonymousId':'v" + random.nextInt(8) + "'");
      }
      long at = rig.clock.now() - random.nextInt(3) * 1_000L;
      return "{'contact':{%s},'type':'form','at':%d}".formatted(String.join(",", keys), at);
    }

    private void rarely(Rig rig) {
      switch (random.nextInt(3)) {
        case 0 -> erase(rig);
        case 1 -> {
          model = random.nextBoolean() ? LinksTest.model() : Rig.model();
          rebuilt.know(connection, model);
          rig.want(connection, model);
          rig.await(Configuration.State.IN_FORCE);
        }
        default -> rig.clock.advance(25 * Rig.DAY);
      }
    }

    private void erase(Rig rig) {
      erased = true;
      String gone = contact();
      generations[(Integer.parseInt(gone) - 1) % 10]++;
      rig.pipeline.erasures().erase(rig.crm.ref(gone)).join();
      rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
    }
  }
}
