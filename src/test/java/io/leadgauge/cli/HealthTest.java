package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.pipeline.StuckIntake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /health/live} and {@code /health/ready} say of a real server, on a moved clock. */
class HealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock(System.currentTimeMillis());
  private final HttpClient http = HttpClient.newHttpClient();
  private School school;
  private Installation serve;

  @BeforeEach
  void start() {
    school = School.start(folder.resolve("manifests"), "2026-03");
    serve =
        Installation.start(
            school.catalog(), Installation.Settings.local(folder.resolve("data")), clock);
  }

  @AfterEach
  void stop() {
    serve.close();
    school.close();
    http.close();
  }

  private record Told(int status, JsonNode json) {
    private List<String> failing() {
      List<String> names = new ArrayList<>();
      for (JsonNode check : json.path("checks")) {
        if (check.path("needed").asBoolean() && !check.path("ok").asBoolean()) {
          names.add(check.path("name").asText());
        }
      }
      return names;
    }
  }

  private Told ask(String path) {
    URI address = URI.create("http://127.0.0.1:" + serve.adminPort() + path);
    try {
      var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      return new Told(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private boolean isTroubled() {
    for (JsonNode check : ask("/health/ready").json().path("checks")) {
      if (check.path("name").asText().equals("connection school")) {
        return !check.path("ok").asBoolean();
      }
    }
    return false;
  }

  private void awaitLive() {
    Await.until("it is live again", PATIENCE, () -> ask("/health/live").status() == 200);
  }

  /** Idle is not stuck, however long. */
  @Test
  void nothingToDo_forDays_isLive() {
    for (int day = 0; day < 3; day++) {
      clock.advance(Duration.ofDays(1));
      awaitLive();
    }
  }

  @Test
  @SuppressWarnings("try") // it stands as long as the block lasts
  void intakeThatStands_isNotLive_andIsAgainOnceItMoves() {
    try (StuckIntake ignored = StuckIntake.of(serve.pipeline(), School.ID)) {
      clock.advance(Liveness.MOST.minusSeconds(1));
      assertThat(ask("/health/live").status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(2));
      Told told = ask("/health/live");
      assertThat(told.status()).isEqualTo(503);
      assertThat(told.json().path("status").asText()).isEqualTo("not live");
      assertThat(told.failing()).containsExactly("intake");
    }
    awaitLive();
  }

  @Test
  void threadsThatWaitForEachOther_areNotLive() throws InterruptedException {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(2);
    Thread first = Thread.ofPlatform().name("first").start(() -> takeBoth(one, other, both));
    Thread second = Thread.ofPlatform().name("second").start(() -> takeBoth(other, one, both));
    Await.until("they wait", PATIENCE, () -> ask("/health/live").status() == 503);
    assertThat(ask("/health/live").failing()).containsExactly("threads");
    first.interrupt();
    second.interrupt();
    first.join();
    second.join();
    assertThat(ask("/health/live").status()).isEqualTo(200);
  }

  private static void takeBoth(ReentrantLock one, ReentrantLock other, CountDownLatch both) {
    one.lock();
    try {
      both.countDown();
      both.await();
      other.lockInterruptibly();
      other.unlock();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      one.unlock();
    }
  }

  /** A CRM that is away is no reason to restart, nor to send deliveries elsewhere. */
  @Test
  void crmThatIsAway_isTold_andChangesNeither() {
    school.control.post(
        "/_sandbox/faults", JsonNodeFactory.instance.objectNode().put("faults", "503=1"));
    school.subscribe(serve.port());
    school.create(List.of(Map.of("email", "ada@example.com", "occupation", "Student")));
    Await.until("it is kept", PATIENCE, () -> serve.reader().counts().records() > 0);
    Await.until(
        "the trouble is told",
        PATIENCE,
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return isTroubled();
        });
    assertThat(ask("/health/ready").status()).isEqualTo(200);
    clock.advance(Duration.ofHours(24));
    awaitLive();
    assertThat(ask("/health/ready").status()).isEqualTo(200);
  }
}
