package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Clockwork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** What people do beside a server: commands by the test's clock, and deletions in a stand-in. */
final class Commands {
  private Commands() {}

  /** Runs a command that must end so; returns what it printed. */
  static String run(Clockwork clock, int expected, String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]), printer, printer, Map.of(), clock, false);
    int code = Main.run(terminal, arguments);
    assertThat(code).as(out.toString()).isEqualTo(expected);
    return out.toString();
  }

  /** Deletes what stands at an address. */
  static void delete(URI address) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest deletion = HttpRequest.newBuilder(address).DELETE().build();
      assertThat(client.send(deletion, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isLessThan(300);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
