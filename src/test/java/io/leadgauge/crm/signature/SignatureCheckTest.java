package io.leadgauge.crm.signature;

import static io.leadgauge.crm.signature.SignatureScheme.HUBSPOT_V1;
import static io.leadgauge.crm.signature.SignatureScheme.HUBSPOT_V2;
import static io.leadgauge.crm.signature.SignatureScheme.HUBSPOT_V3;
import static io.leadgauge.crm.signature.SignatureScheme.STANDARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Part;
import io.leadgauge.crm.signature.SignatureCheck.Result;
import io.leadgauge.crm.signature.SignatureCheck.Step;
import io.leadgauge.crm.signature.Verification.Verified;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One mistake at a time is made on the sender's side; the check has to find it. */
class SignatureCheckTest {
  private static final String TEXT = "client-secret-1234";
  private static final Secret SECRET = Secret.of(TEXT);
  private static final String URI = "https://hooks.example.org/webhooks/acme?to=a%2Fb";
  private static final String BODY = "[{\"a\":1,\"b\":\"x,y:  z\"}]";
  private static final long AT = 1_790_000_000_000L;

  /** What the sender believes. */
  record Sender(Secret secret, String method, String uri, String body, long at) {
    static final Sender RIGHT = new Sender(SECRET, "POST", URI, BODY, AT);

    List<Header> headers(SignatureScheme scheme) {
      return new RequestSigner(scheme, secret).sign(method, uri, body.getBytes(UTF_8), "m1", at);
    }
  }

  private static SignatureCheck check(SignatureScheme scheme, List<Header> headers, long now) {
    return SignatureCheck.of(
        scheme,
        List.of(SECRET),
        new SignedRequest("POST", URI, headers, BODY.getBytes(UTF_8)),
        now);
  }

  private static Finding finding(SignatureCheck check) {
    assertThat(check.valid()).isFalse();
    return Objects.requireNonNull(check.finding(), () -> "nothing found: " + check);
  }

  private static List<Header> replaced(List<Header> headers, String name, String value) {
    List<Header> others = new ArrayList<>(headers);
    others.replaceAll(one -> one.name().equals(name) ? new Header(name, value) : one);
    return others;
  }

  private static String signature(List<Header> headers) {
    return headers.stream()
        .filter(one -> one.name().startsWith("X-HubSpot-Signature"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(Part.METHOD, new Sender(SECRET, "PUT", URI, BODY, AT), "'PUT'"),
        Arguments.of(Part.METHOD, new Sender(SECRET, "post", URI, BODY, AT), "'post'"),
        address(URI.replace("https", "http"), "http and https"),
        address(URI.replace("acme?", "acme/?"), "slash"),
        address(URI.replace("?to=a%2Fb", ""), "without the query"),
        address(URI.replace(".org/", ".org:443/"), "another port"),
        address("/webhooks/acme?to=a%2Fb", "without protocol and host"),
        address("http://hooks.example.org/webhooks/acme/?to=a%2Fb", "http and https"),
        address("/webhooks/acme", "without the query"),
        body(BODY + "\n", "with a line feed at its end"),
        body("[{\"a\": 1, \"b\": \"x,y:  z\"}]", "with a space"),
        body("", "left out"),
        Arguments.of(Part.TIMESTAMP, new Sender(SECRET, "POST", URI, BODY, AT - 1_234), "1789"),
        Arguments.of(Part.TIMESTAMP, new Sender(SECRET, "POST", URI, BODY, AT / 1000), "17900"));
  }

  private static Arguments address(String uri, String words) {
    return Arguments.of(Part.ADDRESS, new Sender(SECRET, "POST", uri, BODY, AT), words);
  }

  private static Arguments body(String body, String words) {
    return Arguments.of(Part.BODY, new Sender(SECRET, "POST", URI, body, AT), words);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void check_v3WithOneMistake_namesThePart(Part part, Sender sender, String words) {
    List<Header> headers =
        replaced(sender.headers(HUBSPOT_V3), SignatureHeaders.HUBSPOT_TIMESTAMP, Long.toString(AT));
    Finding finding = finding(check(HUBSPOT_V3, headers, AT));
    assertThat(finding.part()).isEqualTo(part);
    assertThat(finding.text()).contains(words);
  }

  @Test
  void check_secretsWithWhiteSpaceOrEncoded_namesTheSecret() {
    for (String ours :
        List.of(
            TEXT + "\n",
            Base64.getEncoder().encodeToString(TEXT.getBytes(UTF_8)),
            HexFormat.of().formatHex(TEXT.getBytes(UTF_8)))) {
      SignatureCheck check =
          SignatureCheck.of(
              HUBSPOT_V3,
              List.of(Secret.of(ours)),
              new SignedRequest(
                  "POST", URI, Sender.RIGHT.headers(HUBSPOT_V3), BODY.getBytes(UTF_8)),
              AT);
      assertThat(finding(check).part()).isEqualTo(Part.SECRET);
      assertThat(check.toString()).doesNotContain(TEXT);
    }
  }

  @Test
  void check_digestInAnotherForm_namesTheSignature() {
    List<Header> right = Sender.RIGHT.headers(HUBSPOT_V3);
    byte[] digest = Base64.getDecoder().decode(signature(right));
    for (String form :
        List.of(
            HexFormat.of().formatHex(digest),
            HexFormat.of().withUpperCase().formatHex(digest),
            Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
            "sha256=" + HexFormat.of().formatHex(digest))) {
      List<Header> headers = replaced(right, SignatureHeaders.HUBSPOT_SIGNATURE_V3, form);
      assertThat(finding(check(HUBSPOT_V3, headers, AT)).part()).isEqualTo(Part.SIGNATURE);
    }
    List<Header> nonsense = replaced(right, SignatureHeaders.HUBSPOT_SIGNATURE_V3, "sesame");
    assertThat(finding(check(HUBSPOT_V3, nonsense, AT)).text()).startsWith("not a digest");
  }

  @Test
  void check_upperCaseHexInV1_namesTheSignature() {
    List<Header> right = Sender.RIGHT.headers(HUBSPOT_V1);
    String upper = signature(right).toUpperCase(java.util.Locale.ROOT);
    Finding finding =
        finding(check(HUBSPOT_V1, replaced(right, SignatureHeaders.HUBSPOT_SIGNATURE, upper), AT));
    assertThat(finding.part()).isEqualTo(Part.SIGNATURE);
    assertThat(finding.text()).contains("upper case");
  }

  @Test
  void check_v2DigestAsV1_namesTheScheme() {
    Finding finding = finding(check(HUBSPOT_V1, Sender.RIGHT.headers(HUBSPOT_V2), AT));
    assertThat(finding.part()).isEqualTo(Part.SCHEME);
    assertThat(finding.text()).contains("hubspot-v2");
  }

  @Test
  void check_timestampInSeconds_saysSo() {
    Sender seconds = new Sender(SECRET, "POST", URI, BODY, AT / 1000);
    SignatureCheck check = check(HUBSPOT_V3, seconds.headers(HUBSPOT_V3), AT);
    assertThat(finding(check).part()).isEqualTo(Part.TIMESTAMP);
    assertThat(finding(check).text()).contains("looks like seconds");
  }

  @Test
  void check_partsJoinedByLineFeeds_saysSo() {
    Sender joined = new Sender(SECRET, "POST\n", URI + "\n", BODY + "\n", AT);
    assertThat(finding(check(HUBSPOT_V3, joined.headers(HUBSPOT_V3), AT)).text())
        .contains("line feeds");
  }

  @Test
  void check_lowerCaseEscapes_triedDecoded() {
    String lower = URI.replace("%2F", "%2f");
    Sender decoding = new Sender(SECRET, "POST", URI, BODY, AT);
    SignatureCheck check =
        SignatureCheck.of(
            HUBSPOT_V3,
            List.of(SECRET),
            new SignedRequest("POST", lower, decoding.headers(HUBSPOT_V3), BODY.getBytes(UTF_8)),
            AT);
    assertThat(finding(check).part()).isEqualTo(Part.ADDRESS);
    assertThat(finding(check).text()).contains("lower-case");
  }

  @Test
  void check_anotherSecret_saysUnknownAndListsBothDigests() {
    Sender stranger = new Sender(Secret.of("another"), "POST", URI, BODY, AT);
    SignatureCheck check = check(HUBSPOT_V3, stranger.headers(HUBSPOT_V3), AT);
    assertThat(check.finding()).isNull();
    assertThat(check.steps().getLast().result()).isEqualTo(Result.UNKNOWN);
    assertThat(step(check, "digest").detail())
        .contains(signature(Sender.RIGHT.headers(HUBSPOT_V3)))
        .contains(signature(stranger.headers(HUBSPOT_V3)));
  }

  @Test
  void check_standardSecretUsedAsText_namesTheSecret() {
    Secret standard = Secret.of("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
    byte[] text = standard.reveal().getBytes(UTF_8);
    Secret misread = Secret.of("whsec_" + Base64.getEncoder().encodeToString(text));
    Sender sender = new Sender(misread, "POST", URI, BODY, AT);
    SignatureCheck check =
        SignatureCheck.of(
            STANDARD,
            List.of(standard),
            new SignedRequest("POST", URI, sender.headers(STANDARD), BODY.getBytes(UTF_8)),
            AT);
    assertThat(finding(check).part()).isEqualTo(Part.SECRET);
  }

  @Test
  void check_schemeNotListed_namesTheScheme() {
    SignedRequest request =
        new SignedRequest("POST", URI, Sender.RIGHT.headers(HUBSPOT_V1), BODY.getBytes(UTF_8));
    SignatureCheck check = SignatureCheck.of(Set.of(HUBSPOT_V3), List.of(SECRET), request, AT);
    assertThat(finding(check).part()).isEqualTo(Part.SCHEME);
    SignedRequest unsigned = new SignedRequest("POST", URI, List.of(), BODY.getBytes(UTF_8));
    assertThat(finding(SignatureCheck.of(Set.of(HUBSPOT_V3), List.of(SECRET), unsigned, AT)).part())
        .isEqualTo(Part.SIGNATURE);
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void check_right_isValidInEveryStep(SignatureScheme scheme) {
    Secret secret = Secret.of("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
    Sender sender = new Sender(secret, "POST", URI, BODY, AT);
    SignatureCheck check =
        SignatureCheck.of(
            scheme,
            List.of(secret),
            new SignedRequest("POST", URI, sender.headers(scheme), BODY.getBytes(UTF_8)),
            AT);
    assertThat(check.valid()).isTrue();
    assertThat(check.finding()).isNull();
    assertThat(check.steps()).extracting(Step::result).containsOnly(Result.OK);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_121, 42})
  void check_anyDamage_agreesWithTheVerifier(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      SignatureScheme scheme = List.of(HUBSPOT_V1, HUBSPOT_V2, HUBSPOT_V3).get(random.nextInt(3));
      List<Header> headers = new ArrayList<>(Sender.RIGHT.headers(scheme));
      if (random.nextInt(4) > 0) {
        int hit = random.nextInt(headers.size());
        headers.set(hit, damaged(headers.get(hit), random));
      }
      SignedRequest request = new SignedRequest("POST", URI, headers, BODY.getBytes(UTF_8));
      Verification verdict =
          new SignatureVerifier(Set.of(scheme), List.of(SECRET)).verify(request, AT);
      SignatureCheck check = SignatureCheck.of(Set.of(scheme), List.of(SECRET), request, AT);
      assertThat(check.valid())
          .as("seed %s round %s: %s", seed, round, headers)
          .isEqualTo(verdict instanceof Verified);
      boolean failed = check.steps().stream().anyMatch(one -> one.result() == Result.FAILED);
      assertThat(failed).as("seed %s round %s: %s", seed, round, check).isEqualTo(!check.valid());
    }
  }

  private static Header damaged(Header header, Random random) {
    StringBuilder value = new StringBuilder(header.value());
    switch (random.nextInt(4)) {
      case 0 -> value.setLength(random.nextInt(value.length()));
      case 1 -> value.setCharAt(random.nextInt(value.length()), (char) (33 + random.nextInt(90)));
      case 2 -> value.append((char) (33 + random.nextInt(90)));
      default -> value.reverse();
    }
    return new Header(header.name(), value.toString());
  }

  private static Step step(SignatureCheck check, String name) {
    return check.steps().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
