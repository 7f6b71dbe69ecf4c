package io.leadgauge.crm.signature;

import static io.leadgauge.crm.signature.SignatureScheme.STANDARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Part;
import io.leadgauge.crm.signature.Verification.Reason;
import io.leadgauge.crm.signature.Verification.Rejected;
import io.leadgauge.crm.signature.Verification.Verified;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the Standard Webhooks specification, each by what it lets in and what not. */
class StandardWebhooksTest {
  private static final byte[] KEY = keyOf(32, 1);
  private static final byte[] OLD_KEY = keyOf(24, 2);
  private static final byte[] BODY = "{\"type\":\"page_view\",\"ä\":1}".getBytes(UTF_8);
  private static final String ID = "msg_7";
  private static final long AT = 1_790_000_000_000L;
  private static final String STAMP = "1790000000";

  private static byte[] keyOf(int bytes, long seed) {
    byte[] key = new byte[bytes];
    new Random(seed).nextBytes(key);
    return key;
  }

  private static Secret secret(byte[] key) {
    return Secret.of("whsec_" + Base64.getEncoder().encodeToString(key));
  }

  /** Signs by the words of the specification, apart from the code under test. */
  private static byte[] hmac(byte[] key, String before, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(before.getBytes(UTF_8));
    return mac.doFinal(body);
  }

  private static String signature(byte[] key, String id, String stamp) throws Exception {
    return v1(hmac(key, id + "." + stamp + ".", BODY));
  }

  private static String v1(byte[] digest) {
    return "v1," + Base64.getEncoder().encodeToString(digest);
  }

  private static List<Header> headers(String id, String stamp, String signature) {
    return List.of(
        new Header("Webhook-Id", id),
        new Header("WEBHOOK-TIMESTAMP", stamp),
        new Header("webhook-signature", signature));
  }

  private static Verification verify(List<Secret> secrets, long now, List<Header> headers) {
    return verify(secrets, SignatureVerifier.WINDOW, now, headers);
  }

  private static Verification verify(
      List<Secret> secrets, long window, long now, List<Header> headers) {
    return new SignatureVerifier(Set.of(STANDARD), secrets, window)
        .verify(new SignedRequest("POST", "", headers, BODY), now);
  }

  private static @Nullable Reason reason(Verification verdict) {
    return verdict instanceof Rejected rejected ? rejected.reason() : null;
  }

  @Test
  void verify_publicVectorOfTheSpecificationsLibraries_isRight() {
    Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);
    String expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assertThat(
            new RequestSigner(STANDARD, secret)
                .sign("POST", "", body, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000L))
        .contains(new Header("webhook-signature", expected));
  }

  @Test
  void verify_signedByTheWordsOfTheSpecification_isRight() throws Exception {
    assertThat(verify(List.of(secret(KEY)), AT, headers(ID, STAMP, signature(KEY, ID, STAMP))))
        .isEqualTo(new Verified(STANDARD, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "300000, 300000, true",
    "300000, 300001, false",
    "300000, -300000, true",
    "300000, -300001, false",
    "30000, 30000, true",
    "30000, 30001, false",
    "30000, -30001, false",
    "3600000, 3600000, true",
    "3600000, -3600001, false"
  })
  void verify_ageAgainstTheWindow_isBoundedToBothSides(long window, long age, boolean fresh)
      throws Exception {
    Verification verdict =
        verify(
            List.of(secret(KEY)), window, AT + age, headers(ID, STAMP, signature(KEY, ID, STAMP)));
    assertThat(verdict instanceof Verified).as("%s", verdict).isEqualTo(fresh);
    if (verdict instanceof Rejected rejected) {
      assertThat(rejected.text()).contains("at most " + window / 1_000 + " s");
    }
  }

  @Test
  void verify_rotation_eitherSecretAndEitherSignatureWillDo() throws Exception {
    List<Secret> both = List.of(secret(KEY), secret(OLD_KEY));
    String fresh = signature(KEY, ID, STAMP);
    String old = signature(OLD_KEY, ID, STAMP);
    String asymmetric = "v1a," + Base64.getEncoder().encodeToString(new byte[64]);
    assertThat(verify(both, AT, headers(ID, STAMP, old))).isEqualTo(new Verified(STANDARD, 1));
    for (List<String> given :
        List.of(List.of(fresh, old), List.of(old, fresh), List.of(asymmetric, fresh, "v2,x"))) {
      Verification verdict =
          verify(List.of(secret(KEY)), AT, headers(ID, STAMP, String.join(" ", given)));
      assertThat(verdict).isEqualTo(new Verified(STANDARD, 0));
    }
    assertThat(reason(verify(List.of(secret(KEY)), AT, headers(ID, STAMP, old))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void verify_anythingSignedChanged_isRefused() throws Exception {
    String signature = signature(KEY, ID, STAMP);
    List<Secret> secrets = List.of(secret(KEY));
    assertThat(reason(verify(secrets, AT, headers("msg_8", STAMP, signature))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(verify(secrets, AT, headers(ID, "1790000001", signature))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    for (String stamp : List.of("1790000000.0", "0x6ab1", " " + STAMP, "-1", "", "17900000001e9")) {
      Verification verdict = verify(secrets, AT, headers(ID, stamp, signature));
      assertThat(reason(verdict))
          .as("'%s'", stamp)
          .isIn(Reason.TIMESTAMP_MALFORMED, Reason.TIMESTAMP_MISSING);
    }
  }

  @Test
  void verify_signatureInAnotherForm_isRefused() throws Exception {
    byte[] digest = hmac(KEY, ID + "." + STAMP + ".", BODY);
    String right = v1(digest);
    for (String form :
        List.of(
            right.substring(0, right.length() - 1),
            right.substring(3),
            right.replace("v1,", "v1="),
            right.replace("v1,", "v1a,"),
            right.replace("v1,", "V1,"),
            "v1," + HexFormat.of().formatHex(digest),
            "v1,",
            right.substring(0, 20))) {
      Verification verdict = verify(List.of(secret(KEY)), AT, headers(ID, STAMP, form));
      assertThat(verdict).as(form).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void verify_headerTwice_isRefused() throws Exception {
    List<Header> right = headers(ID, STAMP, signature(KEY, ID, STAMP));
    for (Header one : right) {
      List<Header> twice = new ArrayList<>(right);
      twice.add(one);
      assertThat(reason(verify(List.of(secret(KEY)), AT, twice)))
          .as(one.name())
          .isEqualTo(Reason.HEADER_REPEATED);
    }
  }

  @Test
  void verify_anyDamage_isRefused() throws Exception {
    List<Header> right = headers(ID, STAMP, signature(KEY, ID, STAMP));
    Random random = new Random(20_261_122);
    for (int round = 0; round < 200; round++) {
      int which = random.nextInt(right.size());
      StringBuilder value = new StringBuilder(right.get(which).value());
      int at = random.nextInt(value.length());
      char other = (char) (33 + random.nextInt(90));
      if (value.charAt(at) == other) {
        continue;
      }
      value.setCharAt(at, other);
      List<Header> damaged = new ArrayList<>(right);
      damaged.set(which, new Header(right.get(which).name(), value.toString()));
      assertThat(verify(List.of(secret(KEY)), AT, damaged))
          .as("round %s: %s", round, damaged)
          .isInstanceOf(Rejected.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"23, 23 bytes", "24, ''", "64, ''", "65, 65 bytes", "0, base64"})
  void secret_lengthOutsideTheSpecification_isNamed(int bytes, String words) {
    String trouble = StandardSecret.trouble(secret(keyOf(bytes, 3))).orElse("");
    assertThat(trouble).contains(words);
    assertThat(trouble.isEmpty()).isEqualTo(words.isEmpty());
  }

  static Stream<Arguments> mistakes() throws Exception {
    byte[] plain = hmac(KEY, ID + "." + STAMP + ".", BODY);
    byte[] text = secret(KEY).reveal().getBytes(UTF_8);
    byte[] bare = secret(KEY).reveal().substring("whsec_".length()).getBytes(UTF_8);
    return Stream.of(
        Arguments.of(v1(hmac(KEY, "", BODY)), Part.SIGNATURE, "body alone"),
        Arguments.of(
            "sha256=" + HexFormat.of().formatHex(hmac(KEY, "", BODY)),
            Part.SIGNATURE,
            "body alone"),
        Arguments.of(v1(hmac(KEY, STAMP + ".", BODY)), Part.ID, "leaves the message id out"),
        Arguments.of(v1(hmac(KEY, ID + STAMP, BODY)), Part.SIGNATURE, "full stop"),
        Arguments.of(
            v1(hmac(KEY, ID + "." + AT + ".", BODY)), Part.TIMESTAMP, "over the time stamp"),
        Arguments.of(v1(hmac(text, ID + "." + STAMP + ".", BODY)), Part.SECRET, "not decoded"),
        Arguments.of(v1(hmac(bare, ID + "." + STAMP + ".", BODY)), Part.SECRET, "without prefix"),
        Arguments.of(v1(plain).substring(3), Part.SIGNATURE, "written as base64"),
        Arguments.of(v1(plain).replace("v1,", "v1="), Part.SIGNATURE, "written as base64"),
        Arguments.of("v1a,abc", Part.SIGNATURE, "private key"),
        Arguments.of(
            v1(hmac(KEY, ID + "." + STAMP + ".", "{}".getBytes(UTF_8))), null, "unexplained"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void check_oneMistake_namesThePart(String signature, @Nullable Part part, String words) {
    SignatureCheck check =
        SignatureCheck.of(
            STANDARD,
            List.of(secret(OLD_KEY), secret(KEY)),
            new SignedRequest("POST", "", headers(ID, STAMP, signature), BODY),
            AT);
    Finding finding = check.finding();
    assertThat(check.valid()).isFalse();
    if (part == null) {
      assertThat(finding).isNull();
      return;
    }
    assertThat(finding).as("%s", check).isNotNull();
    assertThat(Objects.requireNonNull(finding).part()).as("%s", check).isEqualTo(part);
    assertThat(finding.text()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 77})
  void verify_signaturesInAnyOrderAmongStrangers_isRight(long seed) throws Exception {
    List<String> given = new ArrayList<>();
    for (int other = 0; other < 7; other++) {
      given.add(signature(keyOf(32, 100 + other), ID, STAMP));
    }
    given.add(signature(KEY, ID, STAMP));
    Collections.shuffle(given, new Random(seed));
    String header = String.join(" ", given);
    assertThat(verify(List.of(secret(KEY)), AT, headers(ID, STAMP, header)))
        .isEqualTo(new Verified(STANDARD, 0));
    assertThat(reason(verify(List.of(secret(KEY)), AT, headers(ID, STAMP, header + " " + header))))
        .isEqualTo(Reason.SIGNATURE_MALFORMED);
  }
}
