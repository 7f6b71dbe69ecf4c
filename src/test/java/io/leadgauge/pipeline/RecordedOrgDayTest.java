package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.Seeds;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.salesforce.SalesforceAdapter;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of outbound messages as the stand-in org sent them: leads created and edited, met, invited,
 * converted in the middle, and what their contacts and accounts became. Whatever order, grouping
 * and repetition it comes in, the facts and points are the same to the byte.
 */
class RecordedOrgDayTest {
  private static final Path DAY = Path.of("src/test/resources/recorded-org-day.jsonl");
  private static final Path MANIFESTS = Path.of("src/test/resources/org");
  private static final Pattern NOTIFICATION =
      Pattern.compile("<Notification>.*?</Notification>", Pattern.DOTALL);
  private static final ConnectionId ID = new ConnectionId("org");
  private static final long NOW = 1_800_000_000_000L;
  private static final int MOST_NOTIFICATIONS = 100;

  private static Vertx vertx;
  private static CrmAdapter adapter;
  private static ConnectionScope scope;

  /** What stands before and after the notifications of a message. */
  private static String head;

  private static String tail;
  private static List<List<String>> day;

  @TempDir static Path folder;

  @BeforeAll
  static void read() throws IOException {
    vertx = Vertx.vertx();
    adapter = new SalesforceAdapter(vertx, new MovableClock(NOW));
    scope = scope();
    day = new ArrayList<>();
    for (String line : Files.readAllLines(DAY)) {
      String body = new ObjectMapper().readValue(line, String.class);
      List<String> notifications = new ArrayList<>();
      Matcher found = NOTIFICATION.matcher(body);
      while (found.find()) {
        notifications.add(found.group());
      }
      head = body.substring(0, body.indexOf("<Notification>"));
      tail = body.substring(body.lastIndexOf("</Notification>") + "</Notification>".length());
      day.add(notifications);
    }
    assertThat(day).hasSizeGreaterThan(20);
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static ConnectionScope scope() throws IOException {
    for (String name : List.of("models/org/model.yaml", "models/org/cases.yaml")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.copy(MANIFESTS.resolve(name), file);
    }
    String connection =
        Files.readString(MANIFESTS.resolve("connections/org.yaml"))
            .replace("@API@", "https://acme.my.salesforce.com")
            .replace(
                "@MESSAGES@",
                """
                      lead: [ConvertedContactId, Country, IsConverted, NumberOfEmployees, Status,
                        SystemModstamp, Title]
                      contact: [AccountId, MailingCountry, SystemModstamp, Title]
                      company: [NumberOfEmployees, SystemModstamp]\
                """);
    Files.createDirectories(folder.resolve("connections"));
    Files.writeString(folder.resolve("connections/org.yaml"), connection);
    Map<String, String> secrets = Map.of("CLIENT", "c", "SECRET", "s", "TOKEN", "t");
    Loaded loaded = Manifests.load(folder, SecretSource.of(secrets, folder));
    assertThat(loaded.hasErrors()).as(loaded.problems().toString()).isFalse();
    Catalog catalog = loaded.catalog();
    ConnectionManifest manifest = Found.in(catalog.connections(), ID);
    return new ConnectionScope(manifest.connection(), manifest.hash(), manifest.models());
  }

  @Test
  void day_inAnyOrderGroupingAndRepetition_givesTheSameFactsAndPoints() {
    String recorded = told(folded(day));
    assertThat(recorded).contains("CONVERTED_TO", "~present", "VP Sales", "FirstRespondedDate");
    Seeds.forEach(300, random -> assertThat(told(folded(disturbed(random)))).isEqualTo(recorded));
  }

  /** Shuffles all notifications, repeats some, and groups them anew. */
  private static List<List<String>> disturbed(SplittableRandom random) {
    List<String> all = new ArrayList<>();
    for (List<String> message : day) {
      for (String notification : message) {
        all.add(notification);
        if (random.nextInt(5) == 0) {
          all.add(notification);
        }
      }
    }
    Collections.shuffle(all, new Random(random.nextLong()));
    List<List<String>> messages = new ArrayList<>();
    int from = 0;
    while (from < all.size()) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(MOST_NOTIFICATIONS));
      messages.add(all.subList(from, to));
      from = to;
    }
    return messages;
  }

  private static Map<RecordRef, RecordState> folded(List<List<String>> messages) {
    Map<RecordRef, Working> touched = new TreeMap<>();
    long sequence = 0;
    for (List<String> notifications : messages) {
      Decoded decoded = adapter.decode(scope.connection(), delivery(notifications));
      assertThat(decoded).isInstanceOf(Decoded.Events.class);
      sequence++;
      Fold fold = new Fold(scope, ref -> working(touched, ref), sequence, NOW);
      touched.putAll(fold.events(((Decoded.Events) decoded).events()));
    }
    Map<RecordRef, RecordState> states = new TreeMap<>();
    touched.forEach((ref, working) -> states.put(ref, working.state()));
    return states;
  }

  private static Working working(Map<RecordRef, Working> touched, RecordRef ref) {
    Working known = touched.get(ref);
    return known == null ? Working.of(RecordState.unknown(ref, NOW)) : known;
  }

  private static Delivery delivery(List<String> notifications) {
    byte[] body = (head + String.join("", notifications) + tail).getBytes(StandardCharsets.UTF_8);
    return new Delivery(ID, NOW, "POST", "/webhooks/org/***", List.of(), body);
  }

  /** Returns all facts, and the points of all persons that live on, as text. */
  private static String told(Map<RecordRef, RecordState> states) {
    StringBuilder text = new StringBuilder();
    states.forEach(
        (ref, state) -> {
          text.append(ref).append('\n').append(state.facts().canonical());
          if (ref.isContact() && !state.facts().isGone()) {
            ContactView view =
                ContactView.of(scope, state, other -> Optional.ofNullable(states.get(other)));
            text.append(Appraisal.of(scope, view).evaluate(scope.models().getFirst(), NOW).score());
            text.append('\n');
          }
        });
    return text.toString();
  }
}
