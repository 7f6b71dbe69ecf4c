package io.leadgauge.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.leadgauge.crm.TokenSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client secret, the codes and the tokens of an app go to HubSpot and nowhere else, wherever
 * its answers lead. A redirect is no answer: nothing is installed and nothing is uninstalled by it.
 */
class AppRedirectTest {
  @TempDir Path folder;

  private final WireMockServer elsewhere =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void open() {
    elsewhere.start();
    elsewhere.stubFor(any(anyUrl()).willReturn(ok("{}")));
  }

  @AfterEach
  void close() {
    elsewhere.stop();
  }

  private void assertNobodyCame(AppHouse house, int redirected) {
    assertThat(house.hubSpot.redirected()).as("redirects").isEqualTo(redirected);
    assertThat(elsewhere.getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void codeOfAnInstall_isNotTakenElsewhere(int status) throws IOException {
    try (AppHouse house = new AppHouse(folder, "2026-03")) {
      house.hubSpot.redirect("/oauth/", status, elsewhere.baseUrl());

      assertThat(house.install("111").statusCode()).isEqualTo(503);

      assertNobodyCame(house, 1);
      assertThat(house.isServed("111")).isFalse();
      house.hubSpot.redirectNothing();
      assertThat(house.install("111").statusCode()).isEqualTo(200);
    }
  }

  /** Asked whose the tokens are, the account is shown the access token. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void tokenOfAnInstall_isNotTakenElsewhere(int status) throws IOException {
    try (AppHouse house = new AppHouse(folder, "v1")) {
      house.hubSpot.tellNoPortal();
      house.hubSpot.redirect("/account-info/", status, elsewhere.baseUrl());

      assertThat(house.install("111").statusCode()).isEqualTo(503);

      assertNobodyCame(house, 1);
      assertThat(house.isServed("111")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void refreshToken_isNotTakenElsewhere(int status) throws IOException {
    try (AppHouse house = new AppHouse(folder, "2026-03")) {
      house.install("111");
      house.hubSpot.redirect("/oauth/", status, elsewhere.baseUrl());
      house.clock.advance(Duration.ofMinutes(30));
      TokenSource source = house.installs().find(AppHouse.connection("111")).orElseThrow().token();

      assertThat(source.ask()).isInstanceOf(TokenSource.None.class);

      assertThat(elsewhere.getAllServeEvents()).isEmpty();
      assertThat(house.hubSpot.redirected()).isPositive();
      assertThat(house.told("111").path("state").asText()).isEqualTo("installed");
      house.hubSpot.redirectNothing();
      house.clock.advance(Duration.ofMinutes(2));
      assertThat(source.ask()).isInstanceOf(TokenSource.Live.class);
    }
  }
}
