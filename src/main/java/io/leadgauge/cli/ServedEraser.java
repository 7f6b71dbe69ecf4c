package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Erases through the server that runs on a data folder. */
final class ServedEraser implements EraseCommand.Eraser {
  private static final int WAIT_MILLIS = 5_000;

  private final Path data;
  private final ConnectionId name;
  private final String persons;

  private ServedEraser(Path data, ConnectionId connection) {
    this.data = data;
    this.name = connection;
    this.persons = "/api/connections/" + connection + "/persons/";
  }

  /**
   * Finds the server.
   *
   * @throws AdminAddress.NoServe if none runs
   */
  static ServedEraser of(Path data, ConnectionId connection) {
    ServedEraser eraser = new ServedEraser(data, connection);
    if (AdminAddress.ask(data, "/api/erasures").isEmpty()) {
      throw eraser.older();
    }
    return eraser;
  }

  @Override
  public JsonNode find(String person) {
    return AdminAddress.ask(data, persons + encoded(person))
        .orElseThrow(
            () -> new WrongUse("the serve on " + data + " has nothing of the connection " + name));
  }

  @Override
  public JsonNode erase(String contact) {
    return AdminAddress.tell(data, persons + encoded(contact) + "/erase").orElseThrow(this::older);
  }

  @Override
  public JsonNode await() {
    return AdminAddress.ask(data, "/api/erasures?wait=" + WAIT_MILLIS).orElseThrow(this::older);
  }

  private WrongUse older() {
    return new WrongUse("the serve on " + data + " is of a version that cannot erase");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {}
}
