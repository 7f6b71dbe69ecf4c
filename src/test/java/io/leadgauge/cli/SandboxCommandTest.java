package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SandboxCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("serves (http://[^\\s]+)");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new SandboxCommand())
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

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
        "--port many              | 'many' is not an int"
      })
  void wrongOption_endsWith2AndSaysWhich(String arguments, String message) {
    assertThat(command.execute(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void sandbox_servesAndPrintsHowToTryIt_untilItIsInterrupted() throws Exception {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> command.execute("--port", "0", "--contacts", "3", "--seed", "5"));
    String address = address();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/_sandbox/contacts")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      assertThat(body).startsWith("{\"total\":3,");
    }
    assertThat(out.toString()).contains("seed 5", "curl", "sandbox-token");
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
