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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    String url = AdminAddress.url("127.0.0.1", server.getAddress().getPort());
    AdminAddress.write(data, url, Secret.of("t"));
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

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:8081, true",
    "localhost, http://localhost:8081, true",
    "0.0.0.0, http://127.0.0.1:8081, true",
    "::, http://[::1]:8081, true",
    "::1, http://[::1]:8081, true",
    "10.0.0.5, http://10.0.0.5:8081, false",
    "leads.internal, http://leads.internal:8081, false",
    "fd00::5, http://[fd00::5]:8081, false"
  })
  void address_isTheOneByWhichThisMachineReachesTheHost(
      String host, String url, boolean withoutToken) {
    assertThat(AdminAddress.url(host, 8081)).isEqualTo(url);
    assertThat(AdminAddress.isOpenToThisMachine(host)).isEqualTo(withoutToken);
  }

  @Test
  void missingThing_isEmpty() throws IOException {
    HttpServer server = answering(404, "{}");
    assertThat(AdminAddress.ask(data, "/api/x")).isEmpty();
    server.stop(0);
  }
}
