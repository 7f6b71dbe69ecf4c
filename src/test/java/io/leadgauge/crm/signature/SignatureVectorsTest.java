package io.leadgauge.crm.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Shared;
import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Part;
import io.leadgauge.crm.signature.Verification.Verified;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** HubSpot's signatures by the reference vectors: each verdict, and the part that is wrong. */
class SignatureVectorsTest {
  private static final Map<String, Part> WRONG_PARTS =
      Map.of(
          "v3-older-than-window", Part.TIMESTAMP,
          "v3-timestamp-missing", Part.TIMESTAMP,
          "unsupported-version-name", Part.SCHEME,
          "v3-decoded-query-signed-raw", Part.ADDRESS,
          "v3-wrong-method", Part.METHOD,
          "v3-http-scheme", Part.ADDRESS,
          "v3-timestamp-off-by-one", Part.TIMESTAMP,
          "v1-digest-in-v3-header", Part.SCHEME,
          "v3-padding-cut", Part.SIGNATURE,
          "v3-empty-signature", Part.SIGNATURE);

  @Test
  void vectors_all_areSeventeen() throws IOException {
    assertThat(vectors()).hasSize(17);
  }

  @TestFactory
  List<DynamicTest> verify_vector_givesExpectedVerdict() throws IOException {
    return tests(
        vector -> {
          Verification verdict = verifier(vector).verify(request(vector), now(vector));
          assertThat(verdict instanceof Verified)
              .as("%s", verdict)
              .isEqualTo(vector.path("valid").asBoolean());
        });
  }

  @TestFactory
  List<DynamicTest> check_vector_namesWrongPart() throws IOException {
    return tests(
        vector -> {
          SignatureCheck check =
              SignatureCheck.of(
                  EnumSet.allOf(SignatureScheme.class),
                  List.of(secret(vector)),
                  request(vector),
                  now(vector));
          Finding finding = check.finding();
          assertThat(check.valid()).isEqualTo(vector.path("valid").asBoolean());
          assertThat(finding == null ? null : finding.part())
              .as("%s", check)
              .isEqualTo(WRONG_PARTS.get(vector.path("id").asText()));
        });
  }

  @TestFactory
  List<DynamicTest> sign_validVector_givesItsSignature() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : vectors()) {
      if (vector.path("valid").asBoolean()) {
        tests.add(
            DynamicTest.dynamicTest(
                vector.path("id").asText(),
                () ->
                    assertThat(signed(vector))
                        .contains(new Header(header(vector), vector.path("signature").asText()))));
      }
    }
    return tests;
  }

  private static List<Header> signed(JsonNode vector) {
    SignatureScheme scheme =
        SignatureScheme.ofWord("hubspot-" + vector.path("version").asText()).orElseThrow();
    return new RequestSigner(scheme, secret(vector))
        .sign(
            vector.path("method").asText(),
            vector.path("uri").asText(),
            vector.path("body").asText().getBytes(UTF_8),
            "",
            vector.path("timestamp").asLong());
  }

  private static List<DynamicTest> tests(java.util.function.Consumer<JsonNode> test)
      throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : vectors()) {
      tests.add(DynamicTest.dynamicTest(vector.path("id").asText(), () -> test.accept(vector)));
    }
    return tests;
  }

  private static List<JsonNode> vectors() throws IOException {
    JsonNode file =
        new ObjectMapper()
            .readTree(Shared.path("contracts/hubspot/signature-vectors.json").toFile());
    List<JsonNode> vectors = new ArrayList<>();
    file.path("vectors").forEach(vectors::add);
    return vectors;
  }

  private static SignatureVerifier verifier(JsonNode vector) {
    return new SignatureVerifier(EnumSet.allOf(SignatureScheme.class), List.of(secret(vector)));
  }

  private static Secret secret(JsonNode vector) {
    return Secret.of(vector.path("secret").asText());
  }

  private static long now(JsonNode vector) {
    return vector.path("now").asLong();
  }

  private static String header(JsonNode vector) {
    return vector.path("version").asText().equals("v3")
        ? SignatureHeaders.HUBSPOT_SIGNATURE_V3
        : SignatureHeaders.HUBSPOT_SIGNATURE;
  }

  private static SignedRequest request(JsonNode vector) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header(header(vector), vector.path("signature").asText()));
    if (!vector.path("version").asText().equals("v3")) {
      headers.add(new Header(SignatureHeaders.HUBSPOT_VERSION, vector.path("version").asText()));
    }
    if (!vector.path("timestamp").isNull()) {
      headers.add(
          new Header(SignatureHeaders.HUBSPOT_TIMESTAMP, vector.path("timestamp").asText()));
    }
    return new SignedRequest(
        vector.path("method").asText(),
        vector.path("uri").asText(),
        headers,
        vector.path("body").asText().getBytes(UTF_8));
  }
}
