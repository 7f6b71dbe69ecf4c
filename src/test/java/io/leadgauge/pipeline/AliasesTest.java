package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.KeptInTests;
import io.leadgauge.store.WaitingNames.Extent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For whom counts what is told of people by other names than the CRM's. */
class AliasesTest {
  @TempDir Path folder;

  private Rig start(EventTerms terms) {
    Connection connection = Rig.connection(Mode.FIELDS).with(terms.fedBy(Rig.web()));
    return Rig.startAfter(0, folder, connection, Rig.model(), crm -> crm.define("email"));
  }

  private Rig start() {
    return start(EventTerms.DEFAULT);
  }

  private Rig start(SeveralWithEmail several) {
    return start(new EventTerms(new TreeMap<>(), several, 1_000, 1_000, Duration.ofDays(90)));
  }

  /** A form, told of who is named, so many milliseconds after the start. */
  private static String form(String who, int after) {
    return "{'contact':{%s},'type':'form','at':%d}".formatted(who, Rig.START + after);
  }

  private static String email(String address) {
    return "'email':'" + address + "'";
  }

  private static String visitor(String name) {
    return "'anonymousId':'" + name + "'";
  }

  private static String id(String id) {
    return "'id':'" + id + "'";
  }

  private static void known(Rig rig, String id, String address) {
    rig.crm.set(id, "email", address);
    rig.keep(rig.crm.set(id, "jobtitle", "Clerk"));
    rig.settle();
  }

  @Test
  void event_beforeItsContact_countsOnceItIsKnown() {
    try (Rig rig = start()) {
      rig.tell(form(email("Ann@X.example"), 1));
      assertThat(rig.reader.waiting().extent(Rig.ACME)).returns(1L, Extent::names);
      known(rig, "1", "ann@x.EXAMPLE");
      assertThat(rig.score("1")).isEqualTo("20");
      assertThat(rig.reader.waiting().extent(Rig.ACME)).returns(0L, Extent::names);
      rig.tell(form(email("ann@x.example"), 1), form(email("ann@x.example"), 2));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("40");
    }
  }

  @Test
  void visitor_whoTurnsOutToBeAContact_countsOnce() {
    try (Rig rig = start()) {
      known(rig, "1", "ann@x.example");
      rig.tell(form(visitor("v"), 1), form(visitor("v"), 2));
      assertThat(rig.score("1")).isEqualTo("0");
      assertThat(rig.reader.waiting().extent(Rig.ACME))
          .returns(1L, Extent::names)
          .returns(2L, Extent::events);
      rig.tell(form(email("ann@x.example") + "," + visitor("v"), 3));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("60");
      assertThat(rig.reader.waiting().extent(Rig.ACME)).returns(0L, Extent::names);
      rig.tell(form(visitor("v"), 4));
      rig.tell(form(visitor("v"), 1), form(email("ann@x.example"), 1));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("80");
    }
  }

  @Test
  void visitorOfAnAddress_thatAContactGetsLater_isNoLongerWaiting() {
    try (Rig rig = start()) {
      rig.tell(form(visitor("v"), 1));
      rig.tell(form(email("ann@x.example") + "," + visitor("v"), 2));
      assertThat(rig.reader.waiting().extent(Rig.ACME)).returns(2L, Extent::names);
      known(rig, "1", "ann@x.example");
      assertThat(rig.score("1")).isEqualTo("40");
      assertThat(rig.reader.waiting().extent(Rig.ACME)).returns(0L, Extent::names);
      rig.keep(rig.crm.set("1", "email", "other@x.example"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("0");
      assertThat(rig.reader.waiting().extent(Rig.ACME)).returns(2L, Extent::names);
    }
  }

  @Test
  void idOfAContact_isTheContactItself_andTiesWhatCameWithIt() {
    try (Rig rig = start()) {
      rig.tell(form(email("private@x.example"), 1), form(visitor("v"), 2));
      rig.tell(form(id("1") + "," + email("private@x.example") + "," + visitor("v"), 3));
      known(rig, "1", "ann@x.example");
      assertThat(rig.score("1")).isEqualTo("60");
    }
  }

  @Test
  void eventThatNoRuleReads_tiesItsKeysAllTheSame() {
    try (Rig rig = start()) {
      known(rig, "1", "ann@x.example");
      rig.tell(form(email("private@x.example") + "," + visitor("v"), 1), form(visitor("w"), 2));
      assertThat(rig.reader.waiting().extent(Rig.ACME).names()).isEqualTo(3);
      rig.tell(identified(id("1") + "," + email("private@x.example"), 3));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("20");
      assertThat(rig.reader.waiting().longest(Rig.ACME, 9))
          .extracting(name -> name.ref().id())
          .containsExactly("w");
      rig.tell(identified(email("ann@x.example") + "," + visitor("w"), 4));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("40");
      rig.tell(form(visitor("u"), 5));
      rig.tell(identified(id("1") + "," + visitor("u"), 6));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("60");
      assertThat(rig.reader.waiting().extent(Rig.ACME).names()).isZero();
    }
  }

  private static String identified(String who, int after) {
    return form(who, after).replace("'form'", "'identified'");
  }

  @Test
  void visitorWhomMoreShareThanACouldBeOne_countsForNobody() {
    try (Rig rig = start()) {
      known(rig, "1", "ann@x.example");
      rig.tell(form(visitor("kiosk"), 1), form(email("ann@x.example") + "," + visitor("kiosk"), 2));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("40");
      rig.tell(
          IntStream.range(0, Aliases.MOST_SHARING + 5)
              .mapToObj(i -> form(email("p" + i + "@x.example") + "," + visitor("kiosk"), 10 + i))
              .toArray(String[]::new));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("20");
    }
  }

  @Test
  void severalWithOneAddress_all_countForEach() {
    try (Rig rig = start(SeveralWithEmail.ALL)) {
      known(rig, "1", "both@x.example");
      known(rig, "2", "both@x.example");
      rig.tell(form(email("both@x.example"), 1));
      rig.settle();
      assertThat(List.of(rig.score("1"), rig.score("2"))).containsExactly("20", "20");
    }
  }

  @Test
  void severalWithOneAddress_none_countForNobodyUntilOneIsLeft() {
    try (Rig rig = start(SeveralWithEmail.NONE)) {
      known(rig, "1", "both@x.example");
      rig.tell(form(email("both@x.example"), 1));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("20");
      known(rig, "2", "both@x.example");
      assertThat(List.of(rig.score("1"), rig.score("2"))).containsExactly("0", "0");
      rig.keep(rig.crm.set("1", "email", "own@x.example"));
      rig.settle();
      assertThat(List.of(rig.score("1"), rig.score("2"))).containsExactly("0", "20");
    }
  }

  @Test
  void severalWithOneAddress_oldest_countForTheLowestIdByNumber() {
    try (Rig rig = start(SeveralWithEmail.OLDEST)) {
      known(rig, "10", "both@x.example");
      rig.tell(form(email("both@x.example"), 1));
      rig.settle();
      assertThat(rig.score("10")).isEqualTo("20");
      known(rig, "9", "both@x.example");
      assertThat(List.of(rig.score("9"), rig.score("10"))).containsExactly("20", "0");
      rig.keep("9 ~into " + rig.clock.now() + " 10");
      rig.settle();
      assertThat(rig.score("10")).isEqualTo("20");
    }
  }

  @Test
  void addressThatWasToldWithAnId_countsForTheOther_onceThatPersonIsGone() {
    try (Rig rig = start(SeveralWithEmail.OLDEST)) {
      known(rig, "1", "own@x.example");
      known(rig, "2", "both@x.example");
      rig.tell(identified(id("1") + "," + email("both@x.example"), 1));
      rig.tell(form(email("both@x.example"), 2));
      rig.settle();
      assertThat(List.of(rig.score("1"), rig.score("2"))).containsExactly("20", "0");
      rig.keep("1 ~into " + rig.clock.now() + " 3");
      rig.settle();
      assertThat(rig.score("2")).isEqualTo("20");
    }
  }

  @Test
  void waiting_longerThanItsBound_isGivenUp_butNotWhatLeadsToSomebody() {
    EventTerms terms =
        new EventTerms(new TreeMap<>(), SeveralWithEmail.ALL, 1_000, 1_000, Duration.ofDays(30));
    try (Rig rig = start(terms)) {
      known(rig, "1", "ann@x.example");
      rig.tell(form(email("ann@x.example"), 1), form(visitor("v"), 2));
      rig.tell(form(id("1") + "," + visitor("hers"), 3));
      rig.clock.advance(20 * Rig.DAY);
      rig.tell(form(visitor("late"), 4));
      rig.clock.advance(11 * Rig.DAY);
      rig.awaitPassing("given up", () -> rig.reader.waiting().extent(Rig.ACME).names() == 1);
      rig.awaitCommitted();
      assertThat(rig.reader.waiting().longest(Rig.ACME, 9))
          .extracting(name -> name.ref().id())
          .containsExactly("late");
      assertThat(rig.reader.waiting().givenUp(Rig.ACME)).isOne();
      assertThat(events(rig, RecordRef.visitor(Rig.ACME, "v"))).isZero();
      assertThat(events(rig, RecordRef.emailAddress(Rig.ACME, "ann@x.example"))).isOne();
      rig.tell(form(email("ann@x.example") + "," + visitor("v"), 5));
      rig.tell(form(visitor("v"), 6));
      rig.settle();
      assertThat(events(rig, RecordRef.visitor(Rig.ACME, "v"))).isOne();
    }
  }

  private static int events(Rig rig, RecordRef ref) {
    int cached = rig.pipeline.states().current(ref).orElseThrow().facts().activities("form").size();
    assertThat(rig.reader.load(ref).orElseThrow().facts().activities("form")).hasSize(cached);
    return cached;
  }

  @Test
  void waiting_ofWhomIsKnownOnceASourceFeedsTheConnection_isNotGivenUp() {
    Connection unfed = Rig.connection(Mode.FIELDS);
    try (Rig rig = Rig.startAfter(0, folder, unfed, Rig.model(), crm -> crm.define("email"))) {
      known(rig, "1", "ann@x.example");
      rig.tell(form(email("ann@x.example"), 1));
      assertThat(rig.reader.waiting().extent(Rig.ACME).names()).isOne();
      rig.want(unfed.with(EventTerms.DEFAULT.fedBy(Rig.web())), Rig.model());
      rig.awaitPassing("counted", () -> rig.score("1").equals("20"));
      rig.clock.advance(100 * Rig.DAY);
      rig.awaitPassing("looked at", () -> rig.reader.waiting().extent(Rig.ACME).names() == 0);
      assertThat(events(rig, RecordRef.emailAddress(Rig.ACME, "ann@x.example"))).isOne();
    }
  }

  @Test
  void waiting_moreThanItsBounds_givesUpTheOldestFirst() {
    EventTerms terms =
        new EventTerms(new TreeMap<>(), SeveralWithEmail.ALL, 10, 25, Duration.ofDays(90));
    try (Rig rig = start(terms)) {
      for (int name = 0; name < 14; name++) {
        rig.tell(form(visitor("v" + name), 1));
      }
      rig.awaitPassing("names", () -> rig.reader.waiting().extent(Rig.ACME).names() == 10);
      rig.tell(
          IntStream.range(0, 20).mapToObj(i -> form(visitor("v4"), 10 + i)).toArray(String[]::new));
      rig.awaitPassing("events", () -> rig.reader.waiting().extent(Rig.ACME).events() <= 25);
      assertThat(rig.reader.waiting().longest(Rig.ACME, 99))
          .extracting(name -> name.ref().id())
          .containsExactly("v10", "v11", "v12", "v13", "v4");
    }
  }

  @Test
  void erasure_takesTheVisitorsAndAddressesOfThePersonAlone() {
    try (Rig rig = start()) {
      known(rig, "1", "ann@x.example");
      known(rig, "2", "bob@x.example");
      rig.tell(
          form(visitor("hers"), 1),
          form(email("ann@x.example") + "," + visitor("hers"), 2),
          form(id("1") + "," + email("private@x.example"), 3),
          form(email("private@x.example") + "," + visitor("both"), 4),
          form(email("bob@x.example") + "," + visitor("both"), 5));
      rig.settle();
      rig.pipeline.erasures().erase(RecordRef.contact(Rig.ACME, "1")).join();
      rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
      for (RecordRef gone :
          List.of(
              RecordRef.contact(Rig.ACME, "1"),
              RecordRef.visitor(Rig.ACME, "hers"),
              RecordRef.emailAddress(Rig.ACME, "ann@x.example"),
              RecordRef.emailAddress(Rig.ACME, "private@x.example"))) {
        assertThat(rig.reader.load(gone)).as("%s", gone).isEmpty();
      }
      assertThat(rig.reader.load(RecordRef.visitor(Rig.ACME, "both"))).isPresent();
      assertThat(rig.score("2")).isEqualTo("20");
      rig.tell(
          form(visitor("hers"), 6),
          form(email("ann@x.example"), 7),
          form(email("bob@x.example") + "," + visitor("hers"), 8));
      rig.settle();
      assertThat(rig.reader.load(RecordRef.visitor(Rig.ACME, "hers"))).isEmpty();
      assertThat(rig.reader.load(RecordRef.emailAddress(Rig.ACME, "ann@x.example"))).isEmpty();
      assertThat(rig.score("2")).isEqualTo("40");
      assertThat(bodies(rig))
          .doesNotContain("ann@")
          .doesNotContain("private@")
          .doesNotContain("hers");
    }
  }

  private static String bodies(Rig rig) {
    StringBuilder bodies = new StringBuilder();
    KeptInTests.newest(rig.reader, Rig.ACME)
        .forEach(line -> bodies.append(KeptInTests.text(rig.reader, line.sequence())));
    return bodies.toString();
  }

  @Test
  void anyOrderAndRepetition_giveTheSameFactsAndTheSameScore() {
    try (Rig rig = start()) {
      Set<String> outcomes = new HashSet<>();
      int[] round = {0};
      Seeds.forEach(60, random -> outcomes.add(outcome(rig, ++round[0], random)));
      assertThat(outcomes).hasSize(1);
      assertThat(outcomes.iterator().next()).startsWith("100 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, true, 60 60",
    "NONE, true, 20 20",
    "OLDEST, true, 60 20",
    "ALL, false, 60 40",
    "NONE, false, 60 40",
    "OLDEST, false, 60 40"
  })
  void addressOfTwo_inAnyOrder_countsByTheRule(
      SeveralWithEmail rule, boolean bothInTheEnd, String expected) {
    try (Rig rig = start(rule)) {
      int[] round = {0};
      Seeds.forEach(
          12,
          random ->
              assertThat(scoresOfTwo(rig, ++round[0], bothInTheEnd, random)).isEqualTo(expected));
    }
  }

  /** Two contacts have an address; one of them moves away, or comes to it. */
  private static String scoresOfTwo(
      Rig rig, int round, boolean bothInTheEnd, SplittableRandom random) {
    String older = Integer.toString(1_000 + round);
    String younger = Integer.toString(2_000 + round);
    String shared = "both%d@x.example".formatted(round);
    String own = "own%d@x.example".formatted(round);
    String first = bothInTheEnd ? own : shared;
    String last = bothInTheEnd ? shared : own;
    rig.crm.passTo(Rig.START + 10);
    rig.crm.set(older, "email", shared);
    rig.crm.set(younger, "email", last);
    List<String> events =
        List.of(
            form(email(shared), 1),
            form(email(shared) + "," + visitor("s" + round), 2),
            form(id(older), 3),
            form(id(younger), 3));
    List<String> lines =
        List.of(
            older + " email " + Rig.START + " " + shared,
            younger + " email " + Rig.START + " " + first,
            younger + " email " + (Rig.START + 5) + " " + last,
            older + " jobtitle " + Rig.START + " Clerk",
            younger + " jobtitle " + Rig.START + " Clerk");
    List<Supplier<CompletionStage<Receipt>>> steps = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      events.forEach(event -> steps.add(() -> rig.telling(event)));
      steps.add(() -> rig.telling(form(email(own), 4)));
      lines.forEach(line -> steps.add(() -> rig.deliver(line)));
    }
    play(rig, steps, random);
    rig.settle();
    return rig.score(older) + " " + rig.score(younger);
  }

  /** Tells of one person in an order of its own; returns how it ends, without their names. */
  private static String outcome(Rig rig, int round, SplittableRandom random) {
    String id = Integer.toString(1_000 + round);
    String address = "ann%d@x.example".formatted(round);
    String v = "v" + round;
    String w = "w" + round;
    rig.crm.passTo(Rig.START - 1);
    rig.crm.set(id, "email", "before" + round + "@x.example");
    List<String> lines =
        List.of(
            id + " email " + Rig.START + " " + address, id + " jobtitle " + Rig.START + " Clerk");
    rig.crm.set(id, "email", address);
    List<String> events =
        List.of(
            form(visitor(v), 1),
            form(email(address) + "," + visitor(v), 2),
            form(email(address), 3),
            form(id(id) + "," + visitor(w), 4),
            form(visitor(w), 5));
    List<Supplier<CompletionStage<Receipt>>> steps = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      events.forEach(event -> steps.add(() -> rig.telling(event)));
      steps.add(() -> rig.telling(events.get(random.nextInt(5)), events.get(random.nextInt(5))));
      lines.forEach(line -> steps.add(() -> rig.deliver(line)));
    }
    play(rig, steps, random);
    rig.settle();
    TreeMap<String, String> facts = new TreeMap<>();
    for (RecordRef ref :
        List.of(
            RecordRef.emailAddress(Rig.ACME, address),
            RecordRef.visitor(Rig.ACME, v),
            RecordRef.visitor(Rig.ACME, w))) {
      RecordState state = rig.pipeline.states().current(ref).orElseThrow();
      assertThat(rig.reader.load(ref)).map(RecordState::facts).contains(state.facts());
      facts.put(ref.type() + ref.id().charAt(0), state.facts().canonical());
    }
    Optional<RecordState> contact = rig.reader.load(RecordRef.contact(Rig.ACME, id));
    facts.put("done", contact.orElseThrow().facts().activities("form").toString());
    assertThat(rig.reader.waiting().extent(Rig.ACME).names()).isZero();
    return rig.score(id) + " " + facts.toString().replaceAll("(ann|v|w|contact/1)[0-9]+", "$1");
  }

  /** Delivers in a random order, as many in one transaction as chance and the intake will. */
  private static void play(
      Rig rig, List<Supplier<CompletionStage<Receipt>>> steps, SplittableRandom random) {
    for (int i = steps.size() - 1; i > 0; i--) {
      Collections.swap(steps, i, random.nextInt(i + 1));
    }
    List<CompletionStage<Receipt>> underWay = new ArrayList<>();
    for (Supplier<CompletionStage<Receipt>> step : steps) {
      underWay.add(step.get());
      if (random.nextInt(4) == 0) {
        underWay.forEach(AliasesTest::join);
        rig.clock.advance(1);
      }
    }
    underWay.forEach(AliasesTest::join);
  }

  private static void join(CompletionStage<Receipt> kept) {
    assertThat(kept.toCompletableFuture().join()).isInstanceOf(Receipt.Kept.class);
  }
}
