package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Decision;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.store.KeptDelivery;
import io.leadgauge.store.KeptInTests;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {
  private static final String ANN = "7100000000001";
  private static final String OLD_ANN = "7100000000002";
  private static final String BOB = "7200000000001";
  private static final String CALL = "7300000000001";
  private static final String SHARED = "7300000000002";
  private static final String MAIL = "ann.needle@person.example";
  private static final String NAME = "Anneliese Needlewoman";
  private static final String PHONE = "+49 151 5550123";
  private static final String[] ALL_OF_ANN = {ANN, OLD_ANN, CALL, MAIL, NAME, PHONE};

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private static RecordRef contact(String id) {
    return RecordRef.contact(Rig.ACME, id);
  }

  /** Ann, who absorbed another contact, with a call of hers and a meeting that she had with Bob. */
  private static List<Long> live(Rig rig) {
    List<Long> sequences = new ArrayList<>();
    sequences.add(
        rig.keep(
            rig.crm.set(ANN, "jobtitle", "VP"),
            rig.crm.set(BOB, "jobtitle", "VP"),
            rig.crm.set(ANN, "email", MAIL)));
    sequences.add(rig.keep(rig.crm.set(BOB, "phone", "1"), rig.crm.set(ANN, "name", NAME)));
    sequences.add(rig.keep(line(OLD_ANN, "phone", 5, PHONE)));
    sequences.add(rig.keep(line(OLD_ANN, "~into", 6, ANN)));
    sequences.add(
        rig.keep(
            line(ANN, "~with", 7, "call/" + CALL),
            line("call/" + CALL, "notes", 8, "rang " + NAME),
            line(ANN, "~with", 7, "meeting/" + SHARED),
            line(BOB, "~with", 7, "meeting/" + SHARED)));
    sequences.add(rig.keep("garbage of", MAIL + " " + PHONE));
    rig.settle();
    return sequences;
  }

  private static String line(String id, String property, long at, String value) {
    return id + " " + property + " " + (Rig.START - Rig.DAY + at) + " " + value;
  }

  private static void awaitErased(Rig rig) {
    rig.awaitPassing("all is erased", () -> rig.pipeline.erasures().progress().isDone());
  }

  @Test
  void privacyDeletion_leavesNothingOfThePersonInAnyFile() {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).containsOnlyKeys(ALL_OF_ANN);

      rig.keep(line(ANN, "~erase", 20, "-"), rig.crm.set(BOB, "phone", "2"));
      awaitErased(rig);

      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
      assertThat(rig.pipeline.states().current(contact(ANN))).isEmpty();
      assertThat(rig.pipeline.states().current(contact(OLD_ANN))).isEmpty();
    }
    assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
  }

  @Test
  void others_areAsTheyWereAndTheirDeliveriesSayTheSame() {
    try (Rig rig = Rig.start(folder)) {
      List<Long> sequences = live(rig);
      String before = rig.state(BOB).facts().canonical();
      String score = rig.score(BOB);
      String meeting = facts(rig, new RecordRef(Rig.ACME, "meeting", SHARED));
      List<String> lines = linesOf(rig, sequences, BOB);

      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);

      assertThat(rig.state(BOB).facts().canonical()).isEqualTo(before);
      assertThat(rig.score(BOB)).isEqualTo(score);
      assertThat(facts(rig, new RecordRef(Rig.ACME, "meeting", SHARED))).isEqualTo(meeting);
      assertThat(linesOf(rig, sequences, BOB)).isEqualTo(lines);
      assertThat(rig.reader.counts().lastSequence()).isEqualTo(numbers());
      rig.keep(rig.crm.set(BOB, "jobtitle", "Intern"));
      rig.clock.advance(60_000);
      rig.settle();
      assertThat(rig.crm.get(BOB, "lg_score")).isEqualTo("0");
    }
  }

  private static String facts(Rig rig, RecordRef ref) {
    return rig.pipeline.states().current(ref).map(state -> state.facts().canonical()).orElse("");
  }

  private static List<String> linesOf(Rig rig, List<Long> sequences, String id) {
    List<String> lines = new ArrayList<>();
    for (long sequence : sequences) {
      KeptDelivery kept = KeptInTests.at(rig.reader, sequence);
      new String(kept.delivery().body(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(id))
          .forEach(lines::add);
    }
    return lines;
  }

  /** Returns how many numbers the journal has used: as many as it has rows. */
  private long numbers() {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM journal")) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void erasedPerson_whateverComesLater_isNotRecreated() {
    try (Rig rig = Rig.startPolling(folder)) {
      live(rig);
      rig.keep(line(ANN, "~erase", 20, "-"));
      awaitErased(rig);
      long contacts = rig.reader.countContacts(Rig.ACME);
      rig.crm.reads.clear();

      long retry =
          rig.keep(
              line(ANN, "email", 3, MAIL),
              line(BOB, "phone", 30, "3"),
              line(OLD_ANN, "~into", 6, ANN),
              line("call/" + CALL, "notes", 8, "rang " + NAME));
      rig.keep(line(ANN, "~erase", 20, "-"));
      rig.keep("garbage of " + ANN);
      for (int i = 0; i < 5; i++) {
        rig.clock.advance(61_000);
        rig.settle();
      }

      assertThat(body(rig, retry)).isEqualTo(line(BOB, "phone", 30, "3"));
      assertThat(rig.reader.countContacts(Rig.ACME)).isEqualTo(contacts);
      assertThat(rig.pipeline.states().current(contact(ANN))).isEmpty();
      assertThat(rig.crm.reads).doesNotContain(ANN, OLD_ANN);
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
      assertThat(rig.reader.counts().quarantined()).isZero();
    }
    try (Rig again = Rig.start(folder)) {
      again.keep(line(ANN, "email", 3, MAIL));
      assertThat(again.pipeline.states().current(contact(ANN))).isEmpty();
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
    }
  }

  private static String body(Rig rig, long sequence) {
    return KeptInTests.text(rig.reader, sequence);
  }

  @Test
  void answer_toAReadThatBeganBefore_isNotKept() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set(ANN, "jobtitle", "VP");
      rig.crm.set(BOB, "jobtitle", "VP");
      rig.crm.holdReads(true);
      rig.keep(line(ANN, "email", 1, MAIL), line(BOB, "phone", 1, "1"));
      rig.awaitCreeping("a read is under way", () -> rig.clock.now() > Rig.START + 50);
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      rig.crm.holdReads(false);
      rig.settle();

      assertThat(rig.state(BOB).facts().knows("jobtitle")).isTrue();
      assertThat(rig.pipeline.states().current(contact(ANN))).isEmpty();
      assertThat(DataFolderBytes.find(folder, ANN, MAIL)).isEmpty();
    }
  }

  @Test
  void person_nobodyKnows_getsATombstone() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep("garbage of " + ANN);
      rig.keep(line(BOB, "phone", 1, "1"));
      assertThat(rig.pipeline.erasures().erase(contact(ANN)).join().facts()).isZero();
      awaitErased(rig);
      rig.keep(line(ANN, "email", 3, MAIL));
      assertThat(rig.pipeline.states().current(contact(ANN))).isEmpty();
      assertThat(DataFolderBytes.find(folder, ANN, MAIL)).isEmpty();
      assertThat(rig.pipeline.erasures().erase(contact(ANN)).join().records()).isEmpty();
      awaitErased(rig);
    }
  }

  @Test
  void link_thatLeadsToThePerson_goesAndNothingElseOfWhoeverItLeadsFrom() {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      rig.keep(line(BOB, "~with", 9, "contact/" + ANN), rig.crm.set(BOB, "city", "Bonn"));
      rig.settle();
      assertThat(rig.state(BOB).facts().links(LinkKind.ASSOCIATED_WITH)).hasSize(2);

      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);

      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
      assertThat(rig.state(BOB).facts().links(LinkKind.ASSOCIATED_WITH)).hasSize(1);
      assertThat(rig.state(BOB).facts().value("city")).isEqualTo("Bonn");
    }
  }

  /** Ann and Bob in one delivery that could not be read when it came. */
  private static long takenUpLate(Rig rig) {
    rig.crm.cannotRead("name");
    long late =
        rig.keep(
            line(ANN, "name", 9, NAME),
            line(ANN, "~with", 9, "contact/" + BOB),
            line(BOB, "~with", 9, "contact/" + ANN),
            line(BOB, "city", 9, "Bonn"));
    rig.crm.cannotRead("");
    rig.clock.advance(Rig.DAY);
    return late;
  }

  private static void retry(Rig rig, long delivery) {
    assertThat(rig.pipeline.retries().retry(List.of(delivery)))
        .hasOnlyElementsOfType(Retrial.Applied.class);
  }

  private static Rebuilt rebuilt(Rig rig, Path folder) {
    RebuiltRig rebuilt = new RebuiltRig();
    rebuilt.know(Rig.connection(Mode.FULL), Rig.model());
    return rebuilt.of(folder, rig.crm);
  }

  @Test
  void person_inADeliveryThatWasTakenUpLate_leavesNothing_andOthersKeepWhatItTold() {
    for (int retained = 0; retained < 3; retained++) {
      Path data = folder.resolve("retained-" + retained);
      try (Rig rig = Rig.start(data)) {
        live(rig);
        long late = takenUpLate(rig);
        if (retained == 1) {
          RetentionRig.all(rig);
        }
        retry(rig, late);
        rig.settle();
        if (retained == 2) {
          RetentionRig.all(rig);
          assertThat(KeptInTests.at(rig.reader, late).hasBody()).isFalse();
        }
        assertThat(rebuilt(rig, data).first()).isEmpty();

        rig.pipeline.erasures().erase(contact(ANN)).join();
        awaitErased(rig);

        assertThat(DataFolderBytes.find(data, ALL_OF_ANN)).isEmpty();
        assertThat(rig.state(BOB).facts().value("city")).isEqualTo("Bonn");
        assertThat(rebuilt(rig, data).first()).isEmpty();
        RetentionRig.all(rig);
        assertThat(rebuilt(rig, data).first()).isEmpty();
        assertThat(DataFolderBytes.find(data, ALL_OF_ANN)).isEmpty();
      }
    }
  }

  @Test
  void delivery_thatIsTakenUpWhileItIsRewritten_staysApplied() {
    try (Rig rig = Rig.start(folder)) {
      long late = takenUpLate(rig);
      AtomicBoolean isRetried = new AtomicBoolean();
      rig.crm.beforeRedaction =
          () -> {
            boolean isErasing = Thread.currentThread().getName().equals("erase");
            if (isErasing && isRetried.compareAndSet(false, true)) {
              retry(rig, late);
            }
          };
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      rig.settle();

      assertThat(isRetried).isTrue();
      assertThat(rig.reader.journal().entry(late).orElseThrow().outcome().retried()).isTrue();
      assertThat(rig.state(BOB).facts().value("city")).isEqualTo("Bonn");
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
      assertThat(rebuilt(rig, folder).first()).isEmpty();
    }
  }

  private static io.leadgauge.crm.Connection fedBy(String... types) {
    return Rig.connection(Mode.FULL).with(EventTerms.DEFAULT.fedBy(Rig.web(types)));
  }

  /** What it told of others before is told again by the erasure, and by nobody else. */
  @Test
  void delivery_ofWhichEventsWereNoted_isNotTakenUpWhileSomebodyInItIsErased() {
    RebuiltRig rebuilt = new RebuiltRig();
    rebuilt.know(fedBy("form"), Rig.model());
    rebuilt.know(fedBy("form", "gift"), Rig.model());
    try (Rig rig = Rig.startWith(folder, fedBy("form"), Rig.model())) {
      live(rig);
      long noted =
          rig.tell(
              "{'contact':{'id':'%s','anonymousId':'v1'},'type':'form','at':1}".formatted(ANN),
              "{'contact':{'id':'%s'},'type':'gift','at':1}".formatted(BOB));
      rig.settle();
      rig.want(fedBy("form", "gift"), Rig.model());
      rig.await(Configuration.State.IN_FORCE);
      List<Retrial> meanwhile = new CopyOnWriteArrayList<>();
      rig.crm.beforeRedaction =
          () -> {
            if (Thread.currentThread().getName().equals("erase") && meanwhile.isEmpty()) {
              meanwhile.addAll(rig.pipeline.retries().retry(List.of(noted)));
            }
          };
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      assertThat(meanwhile.getFirst()).asString().contains("is being erased");
      retry(rig, noted);
      rig.settle();
      assertThat(rebuilt.of(folder, rig.crm).first()).isEmpty();
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
    }
  }

  @Test
  void person_ofWhomOnlyFactsAreLeft_goesFromTheSnapshotToo() {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      rig.keep(line(BOB, "~with", 9, "contact/" + ANN), rig.crm.set(BOB, "city", "Bonn"));
      rig.settle();
      RetentionRig.all(rig);
      assertThat(rig.reader.snapshot().find(contact(ANN))).isPresent();
      assertThat(rig.reader.snapshot().bodies().oldestAt()).isZero();

      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);

      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
      RecordFacts bob = rig.reader.snapshot().find(contact(BOB)).orElseThrow().facts();
      assertThat(bob.links(LinkKind.ASSOCIATED_WITH)).hasSize(1);
      assertThat(bob).isEqualTo(rig.state(BOB).facts());
      rig.keep(line(ANN, "email", 3, MAIL));
      RetentionRig.all(rig);
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
    }
  }

  @Test
  void address_isForgottenWithThePersonUntilAnotherContactHasIt() {
    RecordRef address = RecordRef.emailAddress(Rig.ACME, MAIL);
    String opened = line("email_address/" + MAIL, "opened", 9, "yes");
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      rig.keep(opened);
      assertThat(rig.pipeline.states().current(address)).isPresent();
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();

      rig.keep(opened);
      rig.keep("garbage <" + MAIL + ">");
      assertThat(rig.pipeline.states().current(address)).isEmpty();
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();

      rig.keep(rig.crm.set("7900000000001", "email", MAIL.toUpperCase(Locale.ROOT)));
      rig.keep(opened);
      assertThat(rig.pipeline.states().current(address)).isPresent();
      rig.keep(line(ANN, "email", 3, MAIL));
      assertThat(rig.pipeline.states().current(contact(ANN))).isEmpty();
    }
  }

  @Test
  void contact_thatWasMergedWithThePerson_goesAlsoIfThatIsToldLate() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(line(ANN, "email", 1, MAIL), line(BOB, "phone", 1, "1"));
      rig.keep(line(OLD_ANN, "phone", 5, PHONE));
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      assertThat(DataFolderBytes.find(folder, PHONE)).isNotEmpty();
      rig.keep(line(OLD_ANN, "~into", 6, ANN));
      awaitErased(rig);
      rig.keep(line(OLD_ANN, "phone", 5, PHONE));
      assertThat(DataFolderBytes.find(folder, ANN, OLD_ANN, MAIL, PHONE)).isEmpty();
      assertThat(rig.state(BOB).facts().value("phone")).isEqualTo("1");
    }
  }

  @Test
  void address_thatAnotherContactHas_stays() {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      rig.keep(line("email_address/" + MAIL, "opened", 9, "yes"), rig.crm.set(BOB, "email", MAIL));
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      assertThat(rig.pipeline.states().current(RecordRef.emailAddress(Rig.ACME, MAIL))).isPresent();
      assertThat(DataFolderBytes.find(folder, ANN, OLD_ANN, CALL, NAME, PHONE)).isEmpty();
    }
  }

  @Test
  void handOff_andWhateverElseIsKeptUnderTheRecord_goesToo() {
    String task = "7400000000001";
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      execute(
          "INSERT INTO intent SELECT 'key', id, 'acme', 'plain', 'mql', 1, 1, 'Call %s', '', '', null, 'done', 0, null, '%s', null FROM record WHERE object_id = '%s'"
              .formatted(NAME, task, ANN));
      execute(
          "INSERT INTO contest SELECT id, 'lg_score', 'acme', '%s', 1, 1 FROM record WHERE object_id = '%s'"
              .formatted(NAME, ANN));
      execute("INSERT INTO cursor VALUES ('acme', 'pass/contact/%s', '1')".formatted(ANN));
      execute("INSERT INTO cursor VALUES ('acme', 'list', '{\"next\":\"%s\"}')".formatted(ANN));
      rig.keep(line("task/" + task, "subject", 9, "Call " + NAME));

      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      rig.keep(line("task/" + task, "subject", 9, "Call " + NAME));

      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
      assertThat(DataFolderBytes.find(folder, task)).isEmpty();
      assertThat(rig.reader.cursor(Rig.ACME, "list"))
          .contains("{\"next\":\"" + (Long.parseLong(ANN) - 1) + "\"}");
    }
  }

  private void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void crash_atAnyStep_isGoneOnWith() {
    List<Path> crashes = new ArrayList<>();
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      AtomicInteger steps = new AtomicInteger();
      rig.crm.beforeRedaction =
          () -> {
            Path crash = elsewhere.resolve("crash-" + steps.incrementAndGet());
            DataFolderBytes.copy(folder, crash);
            crashes.add(crash);
          };
      rig.keep(line(ANN, "~erase", 20, "-"));
      awaitErased(rig);
    }
    assertThat(crashes).hasSizeGreaterThan(6);
    for (Path crash : crashes) {
      assertThat(DataFolderBytes.find(crash, ALL_OF_ANN)).isNotEmpty();
      try (Rig rig = Rig.start(crash)) {
        rig.keep(line(ANN, "email", 3, MAIL));
        awaitErased(rig);
        assertThat(DataFolderBytes.find(crash, ALL_OF_ANN)).isEmpty();
        assertThat(rig.state(BOB).facts().value("phone")).isEqualTo("1");
      }
    }
  }

  @Test
  void fault_inTheMiddle_isToldAndTriedAgain() {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      rig.crm.beforeRedaction =
          () -> {
            throw new IllegalStateException("not today");
          };
      rig.pipeline.erasures().erase(contact(ANN)).join();
      rig.awaitPassing(
          "it is told", () -> rig.pipeline.erasures().progress().trouble().contains("not today"));
      assertThat(rig.pipeline.erasures().progress().pending()).isEqualTo(3);
      rig.crm.beforeRedaction = () -> {};
      awaitErased(rig);
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
    }
  }

  @Test
  void reader_ofAnOlderState_holdsUpTheCleaningAndThatIsTold() throws SQLException {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
          Statement statement = other.createStatement();
          ResultSet row = statement.executeQuery("SELECT * FROM record")) {
        assertThat(row.next()).isTrue();
        rig.pipeline.erasures().erase(contact(ANN)).join();
        rig.awaitPassing(
            "it is told",
            () -> rig.pipeline.erasures().progress().trouble().contains("older state"));
        assertThat(rig.pipeline.erasures().progress().pending()).isZero();
        assertThat(rig.pipeline.erasures().progress().isDone()).isFalse();
        rig.keep(rig.crm.set(BOB, "phone", "3"));
        DataFolderBytes.copy(folder, elsewhere.resolve("crash"));
      }
      awaitErased(rig);
      assertThat(DataFolderBytes.find(folder, ALL_OF_ANN)).isEmpty();
    }
    Path crash = elsewhere.resolve("crash");
    assertThat(DataFolderBytes.find(crash, NAME)).isNotEmpty();
    try (Rig rig = Rig.start(crash)) {
      awaitErased(rig);
      assertThat(DataFolderBytes.find(crash, ALL_OF_ANN)).isEmpty();
    }
  }

  @Test
  void key_lostOrExchanged_isRefused() throws IOException {
    try (Rig rig = Rig.start(folder)) {
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
    }
    Path key = folder.resolve("erasure.key");
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    byte[] kept = Files.readAllBytes(key);
    Files.delete(key);
    assertThatThrownBy(() -> Store.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("erasure.key");
    Files.write(key, kept);
    Rig.start(folder).close();
  }

  @Test
  void decisions_onThePerson_areGoneAndThoseOnOthersAreNot() {
    try (Rig rig = Rig.start(folder)) {
      live(rig);
      Decision before = rig.state(BOB).standings().values().iterator().next().decision();
      long decisions = count("decision");
      rig.pipeline.erasures().erase(contact(ANN)).join();
      awaitErased(rig);
      assertThat(rig.state(BOB).standings().values().iterator().next().decision())
          .isEqualTo(before);
      assertThat(count("erased")).isPositive();
      assertThat(count("decision") + count("erased")).isEqualTo(decisions);
      assertThat(count("erasure")).isEqualTo(1);
    }
  }

  private long count(String kind) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM journal WHERE kind = '" + kind + "'")) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
