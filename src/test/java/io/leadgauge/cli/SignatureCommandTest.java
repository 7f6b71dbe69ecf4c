package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureHeaders;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureCommandTest {
  private static final String URI = "https://hooks.example.org/webhooks/acme";
  private static final String BODY = "[{\"eventId\":1}]";
  private static final long AT = 1_790_000_000_000L;
  private static final String SECRET = "client-secret-1234";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String input, String... arguments) {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            Map.of(),
            new MovableClock(AT),
            false);
    List<String> all = new ArrayList<>(List.of("signature"));
    all.addAll(List.of(arguments));
    return Main.run(terminal, all.toArray(new String[0]));
  }

  private static String v3(String body) {
    return new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of(SECRET))
        .sign("POST", URI, body.getBytes(UTF_8), "", AT).stream()
            .filter(one -> one.name().equals(SignatureHeaders.HUBSPOT_SIGNATURE_V3))
            .map(Header::value)
            .findFirst()
            .orElseThrow();
  }

  private static String[] arguments(String signature, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--scheme",
                "hubspot-v3",
                "--secret",
                SECRET,
                "--method",
                "POST",
                "--uri",
                URI,
                "--signature",
                signature,
                "--body-file",
                "-"));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  @Test
  void signature_right_exitsZero() {
    int exit =
        run(BODY, arguments(v3(BODY), "--timestamp", "" + AT, "--now", "2026-09-21T14:13:20Z"));
    assertThat(out.toString()).endsWith("valid" + System.lineSeparator()).doesNotContain("failed");
    assertThat(exit).isZero();
    assertThat(out.toString()).doesNotContain(SECRET);
  }

  @Test
  void signature_overAnotherBody_exitsOneAndNamesTheBody() {
    int exit = run(BODY + "\n", arguments(v3(BODY), "--timestamp", "" + AT, "--now", "" + AT));
    assertThat(exit).isEqualTo(1);
    assertThat(out.toString()).contains("failed   wrong part   body: ").contains("invalid");
  }

  @Test
  void signature_withoutTimestamp_exitsOneAndNamesIt() {
    assertThat(run(BODY, arguments(v3(BODY)))).isEqualTo(1);
    assertThat(out.toString()).contains("wrong part   timestamp: X-HubSpot-Request-Timestamp");
  }

  @Test
  void signature_withoutNow_asksTheClock() {
    assertThat(run(BODY, arguments(v3(BODY), "--timestamp", "1000"))).isEqualTo(1);
    assertThat(out.toString()).contains("s old: expected at most 300 s");
  }

  @Test
  void signature_bodyInAFile_isReadRaw() throws IOException {
    Path file = Files.writeString(folder.resolve("body.json"), BODY);
    String[] arguments = arguments(v3(BODY), "--timestamp", "" + AT, "--now", "" + AT);
    arguments[11] = file.toString();
    assertThat(run("not this", arguments)).isZero();
  }

  @Test
  void signature_standard_takesTheId() {
    Secret secret = Secret.of("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
    List<Header> headers =
        new RequestSigner(SignatureScheme.STANDARD, secret)
            .sign("POST", URI, BODY.getBytes(UTF_8), "msg_1", AT);
    String[] arguments = {
      "--scheme",
      "standard",
      "--secret",
      secret.reveal(),
      "--body-file",
      "-",
      "--timestamp",
      headers.get(1).value(),
      "--signature",
      headers.get(2).value(),
      "--now",
      "" + AT,
      "--id",
      "msg_1"
    };
    assertThat(run(BODY, arguments)).isZero();
    arguments[11] = "" + (AT + 400_000);
    assertThat(run(BODY, arguments)).isEqualTo(1);
    assertThat(run(BODY, with(arguments, "--tolerance", "400"))).isZero();
    assertThat(run(BODY, with(arguments, "--tolerance", "0"))).isEqualTo(2);
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void signature_usedWrongly_exitsTwoAndSaysHow() {
    String[] scheme = arguments("x");
    scheme[1] = "hubspot-v4";
    assertThat(run(BODY, scheme)).isEqualTo(2);
    String[] file = arguments("x");
    file[11] = folder.resolve("nowhere.json").toString();
    assertThat(run(BODY, file)).isEqualTo(2);
    assertThat(run(BODY, arguments("x", "--now", "yesterday"))).isEqualTo(2);
    assertThat(run(BODY, "--scheme", "hubspot-v3", "--secret", "s")).isEqualTo(2);
    assertThat(
            run(
                BODY,
                "--scheme",
                "hubspot-v2",
                "--secret",
                "s",
                "--signature",
                "x",
                "--body-file",
                "-"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("'hubspot-v4' is no signature scheme: expected one of hubspot-v1")
        .contains("nowhere.json")
        .contains("--now: 'yesterday': expected")
        .contains("Missing required options: '--signature=SIGNATURE', '--body-file=FILE'")
        .contains("--uri is missing: hubspot-v2 covers the address");
  }
}
