package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Shared;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {
  private static final Secret SECRET = Secret.of("secret");

  @Test
  void v3_decodesTheTwelveEscapesOfTheTableAndNoOther() {
    byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
    String escaped = "https://x.example/a%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%20%25?q=%26";
    String decoded = "https://x.example/a:/?@!$'()*,;%20%25?q=%26";
    assertThat(WebhookSigner.v3(SECRET, "POST", URI.create(escaped), body, "1"))
        .isEqualTo(WebhookSigner.v3(SECRET, "POST", URI.create(decoded), body, "1"));
  }

  @Test
  void signatures_ofTheOfficialVectors_areTheirs() throws IOException {
    JsonNode file =
        SandboxClient.json(
            Files.readString(Shared.path("contracts/hubspot/signature-vectors.json")));
    int checked = 0;
    for (JsonNode vector : file.path("vectors")) {
      String version = vector.path("version").asText();
      if (vector.path("valid").asBoolean() && !version.equals("v2")) {
        assertThat(signature(version, vector)).isEqualTo(vector.path("signature").asText());
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(2);
  }

  private static String signature(String version, JsonNode vector) {
    Secret secret = Secret.of(vector.path("secret").asText());
    byte[] body = vector.path("body").asText().getBytes(StandardCharsets.UTF_8);
    return version.equals("v1")
        ? WebhookSigner.v1(secret, body)
        : WebhookSigner.v3(
            secret,
            vector.path("method").asText(),
            URI.create(vector.path("uri").asText()),
            body,
            vector.path("timestamp").asText());
  }
}
