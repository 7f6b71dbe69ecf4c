package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.crm.TokenSource;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.DataFolderBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two portals of one app share its secret and its address, and nothing else: neither a delivery nor
 * a question nor a token of one reaches what is the other's.
 */
class AppPortalsTest {
  private static final String MINE = "111";
  private static final String THEIRS = "222";

  @TempDir Path folder;
  private AppHouse house;

  @BeforeEach
  void install() throws IOException {
    house = new AppHouse(folder, "2026-03");
    assertThat(house.install(MINE).statusCode()).isEqualTo(200);
    assertThat(house.install(THEIRS).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void deliver(String... events) {
    assertThat(house.deliver("acme", "[" + String.join(",", events) + "]")).isEqualTo(204);
  }

  private boolean knows(String portal, String contact) {
    RecordRef ref = RecordRef.contact(AppHouse.connection(portal), contact);
    return house.serve.reader().load(ref).isPresent();
  }

  private String value(String portal, String contact, String property) {
    RecordRef ref = RecordRef.contact(AppHouse.connection(portal), contact);
    return house
        .serve
        .reader()
        .load(ref)
        .flatMap(one -> Optional.ofNullable(one.facts().value(property)))
        .orElse("");
  }

  private void awaitRead(String portal, String contact) {
    Await.until(
        "contact " + contact + " of portal " + portal + " is read",
        () -> {
          house.clock.advance(10);
          return value(portal, contact, "country").equals("country-of-" + portal);
        });
  }

  /** Whichever of them counts, it counts for all: where it is kept, and whose it is. */
  @Test
  void event_thatNamesTwoPortals_isReadForNoneOfThemButOne() {
    String event = house.event(MINE, 7, "occupation", "Of two");
    deliver(event.replaceFirst("\\{", "{\"portalId\":" + THEIRS + ","));
    deliver(event.replaceFirst("}$", ",\"portalId\":{\"is\":" + THEIRS + "}}"));
    deliver(event.replaceFirst("}$", ",\"portal\\\\u0049d\":\"" + THEIRS + "\"}"));
    awaitRead(MINE, "7");
    awaitRead(THEIRS, "7");
    assertThat(value(MINE, "7", "occupation")).isEqualTo("Of two");
    assertThat(value(THEIRS, "7", "occupation")).isEqualTo("Of two");
    assertThat(house.deliveries("acme-" + MINE)).hasSize(2);
    assertThat(house.deliveries("acme-" + THEIRS)).hasSize(1);
  }

  @Test
  void question_forAContactOfTheOther_findsNobody() {
    deliver(house.event(MINE, 6, "occupation", "Student"));
    awaitRead(MINE, "6");
    String question = "/api/contacts/acme-%s/contact/6";
    assertThat(AdminAddress.ask(house.data, question.formatted(MINE))).isPresent();
    assertThat(AdminAddress.ask(house.data, question.formatted(THEIRS))).isEmpty();
  }

  @Test
  void person_erasedInOne_staysInTheOther() {
    deliver(
        house.event(MINE, 5, "occupation", "Mine"), house.event(THEIRS, 5, "occupation", "Theirs"));
    awaitRead(MINE, "5");
    awaitRead(THEIRS, "5");

    String erase = "/api/connections/acme-" + MINE + "/persons/5/erase";
    assertThat(AdminAddress.tell(house.data, erase)).isPresent();

    Await.until(
        "erased",
        () -> {
          house.clock.advance(10);
          return house.serve.pipeline().erasures().progress().isDone();
        });
    assertThat(knows(MINE, "5")).isFalse();
    assertThat(DataFolderBytes.find(house.data, "country-of-" + MINE)).isEmpty();
    deliver(house.event(MINE, 5, "visits", "3"), house.event(THEIRS, 5, "visits", "4"));
    Await.until("told", () -> value(THEIRS, "5", "visits").equals("4"));
    assertThat(knows(MINE, "5")).isFalse();
  }

  /** Whoever can write the file could have one portal's contacts read with another's token. */
  @Test
  void tokenOfTheOther_putInItsPlace_opensNothing() throws SQLException {
    try (Connection file =
        DriverManager.getConnection("jdbc:sqlite:" + house.data.resolve("leadgauge.db"))) {
      file.createStatement()
          .executeUpdate(
              "UPDATE app_install SET refresh_token = (SELECT refresh_token FROM app_install"
                  + " WHERE portal = '%s') WHERE portal = '%s'".formatted(THEIRS, MINE));
    }
    house.restart();
    TokenSource source = house.installs().find(AppHouse.connection(MINE)).orElseThrow().token();

    assertThat(source.ask()).isInstanceOf(TokenSource.None.class);
    assertThat(house.told(MINE).path("trouble").asText())
        .contains("not the one of this portal", "install the app again");
    deliver(house.event(MINE, 5, "occupation", "Student"));
    deliver(house.event(THEIRS, 5, "occupation", "Student"));
    awaitRead(THEIRS, "5");
    assertThat(value(MINE, "5", "country")).isEmpty();
    assertThat(house.hubSpot.refreshes(MINE)).isZero();
  }
}
