package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command makes of a server's answer, and of none. */
class AdminAddressTest {
  @TempDir private Path data = Path.of("");

  private HttpServer answering(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    AdminAddress.write(data, server.getAddress().getPort(), Secret.of("t"));
    return server;
  }

  @Test
  void refusal_isToldWithItsStatusAndWords() throws IOException {
    HttpServer server = answering(401, "{\"error\":\"wrong token\",\"hint\":\"see the token\"}");
    assertThatThrownBy(() -> AdminAddress.tell(data, "/api/x"))
        .isInstanceOf(WrongUse.class)
        .isNotInstanceOf(AdminAddress.NoServe.class)
        .hasMessageContaining("401: wrong token; see the token");
    server.stop(0);
    assertThatThrownBy(() -> AdminAddress.tell(data, "/api/x"))
        .isInstanceOf(AdminAddress.NoServe.class)
        .hasMessageContaining("no serve runs");
  }

  @Test
  void answer_thatIsNoneOfOurs_isToldByItsStatus() throws IOException {
    HttpServer server = answering(503, "<html>");
    assertThatThrownBy(() -> AdminAddress.tell(data, "/api/x")).hasMessageContaining("503; see");
    server.stop(0);
  }

  @Test
  void missingThing_isEmpty() throws IOException {
    HttpServer server = answering(404, "{}");
    assertThat(AdminAddress.ask(data, "/api/x")).isEmpty();
    server.stop(0);
  }
}
