package io.leadgauge.crm.signature;

import static io.leadgauge.crm.signature.SignatureScheme.HUBSPOT_V1;
import static io.leadgauge.crm.signature.SignatureScheme.HUBSPOT_V2;
import static io.leadgauge.crm.signature.SignatureScheme.HUBSPOT_V3;
import static io.leadgauge.crm.signature.SignatureScheme.STANDARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leadgauge.crm.signature.Verification.Reason;
import io.leadgauge.crm.signature.Verification.Rejected;
import io.leadgauge.crm.signature.Verification.Verified;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts of the verifier; the constants were computed with another language's library. */
class SignatureVerifierTest {
  private static final Secret SECRET = Secret.of("3f1c0d5e-secret");
  private static final Secret STANDARD_SECRET =
      Secret.of("whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=");
  private static final String URI =
      "https://hooks.example.org/webhooks/acme"
          + "?x=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B&y=%20%26%3D%2b%3a";
  private static final byte[] BODY = "{\"email\":\"zoë@example.com\",\"n\":1}".getBytes(UTF_8);
  private static final long AT = 1_790_000_000_123L;
  private static final String V1 =
      "3673d51204d96761f22b5f2c574b6e995619e8041394f9d833a48963a5bdb68d";
  private static final String V2 =
      "be3dea49e77c018eb0818e35d80b782dace9e51a3e495bfd5fe66b7607484f54";
  private static final String V3 = "nSRPuma+Pztp09DoKDeKpHhNdypHLxFW342JeyZfL4s=";
  private static final String STANDARD_V1 = "v1,+1+K13/hf+qwnW7Fy0BSZV6CzPx0Wsjrf/l/WsAYUrA=";

  private static Verification verify(
      Set<SignatureScheme> accepted, List<Secret> secrets, long now, Header... headers) {
    return new SignatureVerifier(accepted, secrets)
        .verify(new SignedRequest("POST", URI, List.of(headers), BODY), now);
  }

  private static Header[] v3(String signature, String timestamp) {
    return new Header[] {
      new Header("x-hubspot-signature-v3", signature),
      new Header("x-hubspot-request-timestamp", timestamp)
    };
  }

  private static Header[] hex(String signature, String version) {
    return new Header[] {
      new Header("X-HubSpot-Signature", signature),
      new Header("X-HubSpot-Signature-Version", version)
    };
  }

  private static Header[] standard(String signature, String id, String timestamp) {
    return new Header[] {
      new Header("webhook-id", id),
      new Header("webhook-timestamp", timestamp),
      new Header("webhook-signature", signature)
    };
  }

  private static Header[] both(Header[] some, Header[] more) {
    List<Header> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(Arrays.asList(more));
    return all.toArray(new Header[0]);
  }

  private static Reason reason(Verification verdict) {
    assertThat(verdict).isInstanceOf(Rejected.class);
    return ((Rejected) verdict).reason();
  }

  private static Reason v3Reason(String signature, String timestamp) {
    return reason(verify(Set.of(HUBSPOT_V3), List.of(SECRET), AT, v3(signature, timestamp)));
  }

  @Test
  void v3_listedEscapesDecoded_verified() {
    assertThat(verify(Set.of(HUBSPOT_V3), List.of(SECRET), AT, v3(V3, Long.toString(AT))))
        .isEqualTo(new Verified(HUBSPOT_V3, 0));
  }

  @Test
  void v1AndV2_listed_verified() {
    assertThat(verify(Set.of(HUBSPOT_V1), List.of(SECRET), AT, hex(V1, "v1")))
        .isEqualTo(new Verified(HUBSPOT_V1, 0));
    assertThat(verify(Set.of(HUBSPOT_V2), List.of(SECRET), AT, hex(V2, "v2")))
        .isEqualTo(new Verified(HUBSPOT_V2, 0));
  }

  @ParameterizedTest
  @CsvSource({"0,true", "300000,true", "300001,false", "-300000,true", "-300001,false"})
  void v3_age_isBoundedToBothSides(long age, boolean fresh) {
    Verification verdict =
        verify(Set.of(HUBSPOT_V3), List.of(SECRET), AT + age, v3(V3, Long.toString(AT)));
    assertThat(verdict instanceof Verified).isEqualTo(fresh);
    if (!fresh) {
      assertThat(reason(verdict))
          .isEqualTo(age > 0 ? Reason.TIMESTAMP_TOO_OLD : Reason.TIMESTAMP_IN_FUTURE);
    }
  }

  @Test
  void v3_brokenHeaders_haveAReasonEach() {
    String at = Long.toString(AT);
    assertThat(v3Reason("", at)).isEqualTo(Reason.SIGNATURE_EMPTY);
    assertThat(v3Reason(V3, "")).isEqualTo(Reason.TIMESTAMP_MISSING);
    assertThat(v3Reason(V3, "soon")).isEqualTo(Reason.TIMESTAMP_MALFORMED);
    assertThat(v3Reason(V3, "+" + at)).isEqualTo(Reason.TIMESTAMP_MALFORMED);
    assertThat(v3Reason(V3, "0" + at)).isEqualTo(Reason.TIMESTAMP_MALFORMED);
    assertThat(v3Reason(V3, "99999999999999999999")).isEqualTo(Reason.TIMESTAMP_MALFORMED);
    assertThat(v3Reason(V3, Long.toString(AT / 1000))).isEqualTo(Reason.TIMESTAMP_TOO_OLD);
    assertThat(v3Reason(V3.substring(0, 43), at)).isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(v3Reason(V3 + " ", at)).isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(v3Reason(V3.replace('+', '-'), at)).isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void v3_headerTwice_refused() {
    Header[] twice =
        both(v3(V3, Long.toString(AT)), new Header[] {new Header("X-HubSpot-Signature-v3", V3)});
    assertThat(reason(verify(Set.of(HUBSPOT_V3), List.of(SECRET), AT, twice)))
        .isEqualTo(Reason.HEADER_REPEATED);
  }

  @Test
  void v3_failing_neverFallsBackToV1() {
    Set<SignatureScheme> accepted = Set.of(HUBSPOT_V1, HUBSPOT_V3);
    String stale = Long.toString(AT - 300_001);
    assertThat(reason(verify(accepted, List.of(SECRET), AT, both(v3(V3, stale), hex(V1, "v1")))))
        .isEqualTo(Reason.TIMESTAMP_TOO_OLD);
    assertThat(reason(verify(accepted, List.of(SECRET), AT, both(v3("", stale), hex(V1, "v1")))))
        .isEqualTo(Reason.SIGNATURE_EMPTY);
    assertThat(verify(accepted, List.of(SECRET), AT, hex(V1, "v1")))
        .isEqualTo(new Verified(HUBSPOT_V1, 0));
  }

  @Test
  void v1_notListed_refusedThoughRight() {
    Verification verdict = verify(Set.of(HUBSPOT_V3), List.of(SECRET), AT, hex(V1, "v1"));
    assertThat(verdict)
        .isEqualTo(
            new Rejected(
                HUBSPOT_V1,
                Reason.SCHEME_NOT_ACCEPTED,
                "signed as hubspot-v1, and the connection accepts hubspot-v3"));
  }

  @Test
  void v2_whereOnlyV1IsListed_refusedThoughRight() {
    assertThat(reason(verify(Set.of(HUBSPOT_V1), List.of(SECRET), AT, hex(V2, "v2"))))
        .isEqualTo(Reason.SCHEME_NOT_ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3", "", "V1", "wrong_signature_version"})
  void version_unknown_refusedAndNotTakenForV1(String version) {
    assertThat(
            reason(verify(Set.of(HUBSPOT_V1, HUBSPOT_V2), List.of(SECRET), AT, hex(V1, version))))
        .isEqualTo(Reason.SCHEME_UNKNOWN);
  }

  @Test
  void version_missing_refused() {
    Header alone = new Header("X-HubSpot-Signature", V1);
    assertThat(reason(verify(Set.of(HUBSPOT_V1), List.of(SECRET), AT, alone)))
        .isEqualTo(Reason.SCHEME_UNKNOWN);
  }

  @Test
  void version_exchanged_refused() {
    Set<SignatureScheme> accepted = Set.of(HUBSPOT_V1, HUBSPOT_V2);
    assertThat(reason(verify(accepted, List.of(SECRET), AT, hex(V1, "v2"))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
    assertThat(reason(verify(accepted, List.of(SECRET), AT, hex(V2, "v1"))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void request_withoutSignature_namesTheHeader() {
    Verification verdict = verify(Set.of(HUBSPOT_V3), List.of(SECRET), AT);
    assertThat(verdict)
        .isEqualTo(
            new Rejected(
                null,
                Reason.SIGNATURE_MISSING,
                "no signature: expected the header X-HubSpot-Signature-v3"));
  }

  @Test
  void rotation_anySecret_verifiedAndNamed() {
    List<Secret> secrets = List.of(Secret.of("new"), SECRET);
    assertThat(verify(Set.of(HUBSPOT_V3), secrets, AT, v3(V3, Long.toString(AT))))
        .isEqualTo(new Verified(HUBSPOT_V3, 1));
    assertThat(
            reason(
                verify(
                    Set.of(HUBSPOT_V3),
                    List.of(Secret.of("new"), Secret.of("newer")),
                    AT,
                    v3(V3, Long.toString(AT)))))
        .isEqualTo(Reason.SIGNATURE_WRONG);
  }

  @Test
  void nothingConfigured_everythingRefused() {
    assertThat(reason(verify(Set.of(HUBSPOT_V3), List.of(), AT, v3(V3, Long.toString(AT)))))
        .isEqualTo(Reason.SECRET_MISSING);
    assertThat(reason(verify(Set.of(), List.of(SECRET), AT, v3(V3, Long.toString(AT)))))
        .isEqualTo(Reason.SCHEME_NOT_ACCEPTED);
    assertThat(reason(verify(Set.of(), List.of(SECRET), AT))).isEqualTo(Reason.SIGNATURE_MISSING);
  }

  @Test
  void standard_oneOfSeveralSignatures_verified() {
    String other = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for (String header :
        List.of(STANDARD_V1, other + " " + STANDARD_V1, "v1a,zz " + STANDARD_V1 + " " + other)) {
      assertThat(
              verify(
                  Set.of(STANDARD),
                  List.of(STANDARD_SECRET),
                  AT,
                  standard(header, "msg_1", "1790000000")))
          .isEqualTo(new Verified(STANDARD, 0));
    }
  }

  @Test
  void standard_secretWithoutPrefix_verified() {
    Secret bare = Secret.of(STANDARD_SECRET.reveal().substring("whsec_".length()));
    assertThat(
            verify(
                Set.of(STANDARD), List.of(bare), AT, standard(STANDARD_V1, "msg_1", "1790000000")))
        .isEqualTo(new Verified(STANDARD, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v2,zz          | msg_1 | 1790000000 | SIGNATURE_MALFORMED
          zz             | msg_1 | 1790000000 | SIGNATURE_MALFORMED
          v1,zz          | msg_1 | 1790000000 | SIGNATURE_WRONG
          v1,zz          | ''    | 1790000000 | ID_MISSING
          v1,zz          | msg_1 | ''         | TIMESTAMP_MISSING
          v1,zz          | msg_1 | 1789999699 | TIMESTAMP_TOO_OLD
          v1,zz          | msg_1 | 1790000301 | TIMESTAMP_IN_FUTURE
          v1,a v1,b v1,c v1,d v1,e v1,f v1,g v1,h v1,i | msg_1 | 1790000000 | SIGNATURE_MALFORMED
          """)
  void standard_broken_hasAReason(String signature, String id, String timestamp, Reason expected) {
    Header[] headers = standard(signature, id, timestamp);
    assertThat(reason(verify(Set.of(STANDARD), List.of(STANDARD_SECRET), AT, headers)))
        .isEqualTo(expected);
  }

  @Test
  void standard_secretNotBase64_refusedWithoutQuotingIt() {
    Verification verdict =
        verify(
            Set.of(STANDARD),
            List.of(Secret.of("whsec_not*base64")),
            AT,
            standard(STANDARD_V1, "msg_1", "1790000000"));
    assertThat(reason(verdict)).isEqualTo(Reason.SECRET_MALFORMED);
    assertThat(verdict.toString()).doesNotContain("not*base64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestSigner(STANDARD, Secret.of("whsec_not*base64")))
        .withMessageNotContaining("not*base64");
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void sign_anyScheme_isVerified(SignatureScheme scheme) {
    List<Header> headers =
        new RequestSigner(scheme, STANDARD_SECRET).sign("POST", URI, BODY, "msg_1", AT);
    assertThat(verify(Set.of(scheme), List.of(STANDARD_SECRET), AT, headers.toArray(new Header[0])))
        .isEqualTo(new Verified(scheme, 0));
  }

  @Test
  void sign_fixedInput_givesTheSameAsAnotherLibrary() {
    assertThat(new RequestSigner(HUBSPOT_V2, SECRET).sign("POST", URI, BODY, "", AT))
        .containsExactly(hex(V2, "v2"));
    assertThat(new RequestSigner(STANDARD, STANDARD_SECRET).sign("POST", URI, BODY, "msg_1", AT))
        .containsExactly(standard(STANDARD_V1, "msg_1", "1790000000"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a%3Fb?c=%3f, https://h/a?b?c=%3f",
    "https://h/%253A, https://h/%253A",
    "https://h/%2, https://h/%2",
    "https://h/%, https://h/%",
    "https://h/%2F%2f%25, https://h//%2f%25"
  })
  void address_signed_decodesOnlyWhatIsListedAndOnce(String sent, String signed) {
    assertThat(HubSpotAddress.signed(sent)).isEqualTo(signed);
  }
}
