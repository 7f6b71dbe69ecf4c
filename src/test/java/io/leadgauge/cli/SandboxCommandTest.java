package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("serves (http://[^\\s]+)");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String arguments) {
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(err),
            environment,
            new SystemClockwork(),
            false);
    return Main.run(terminal, ("sandbox " + arguments).split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--faults 418=0.1         | faults: \"418=0.1\": unknown name",
        "--limits lavish          | --limits: \"lavish\" is unknown",
        "--webhook http://x.example/ | --webhook needs --secret",
        "--webhook nowhere --secret s | webhook address \"nowhere\"",
        "--webhook-retries soon   | \"soon\" is no duration",
        "--crm pipedrive          | --crm: \"pipedrive\" is unknown",
        "--crm salesforce --secret s | --secret is of the stand-in HubSpot",
        "--crm salesforce --faults 429=0.1 | \"429\": Salesforce does not answer so",
        "--crm salesforce --webhook nowhere | webhook address \"nowhere\"",
        "--crm salesforce --daily-calls 0 | daily calls must be >= 1: 0",
        "--port many              | 'many' is not an int"
      })
  void wrongOption_endsWith2AndSaysWhich(String arguments, String message) {
    assertThat(run(Map.of(), arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("leadgauge: ").contains(message).doesNotContain("\tat ");
  }

  @Test
  void portThatIsTaken_endsWith1AndSaysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run(Map.of(), "--port " + taken.getLocalPort())).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("leadgauge: the sandbox cannot start on 127.0.0.1:" + taken.getLocalPort())
          .contains("another program listens there; stop it, or choose another port");
    }
  }

  @Test
  void sandbox_servesAndPrintsHowToTryIt_untilItIsInterrupted() throws Exception {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> run(Map.of("LEADGAUGE_SEED", "5"), "--port 0 --contacts 3"));
    String address = address();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/_sandbox/contacts")).build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      assertThat(body).startsWith("{\"total\":3,");
    }
    assertThat(out.toString()).contains("seed 5", "curl", "sandbox-token");
    thread.interrupt();
    thread.join();
  }

  @Test
  void salesforce_isServedToo() throws Exception {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> run(Map.of(), "--crm salesforce --port 0 --contacts 3 --sample --seed 5"));
    String address = address();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/_sandbox/contacts")).build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      assertThat(body).startsWith("{\"total\":39,").contains("\"Contact\"");
    }
    assertThat(out.toString()).contains("seed 5", "curl", "sandbox-session", "00Dxx0000001gPFEAY");
    thread.interrupt();
    thread.join();
  }

  private String address() {
    for (int i = 0; i < 10_000; i++) {
      Matcher matcher = ADDRESS.matcher(out.toString());
      if (matcher.find()) {
        return matcher.group(1);
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError("not started: " + out + err);
  }
}
