package io.leadgauge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How commands find the server that runs on a data folder: a private file in that folder, written
 * at its start.
 */
final class AdminAddress {
  private static final String FILE = "admin.json";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AdminAddress() {}

  /** Writes the file, readable by its owner alone. */
  static void write(Path data, int port, @Nullable Secret token) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("url", "http://127.0.0.1:" + port);
    if (token != null) {
      json.put("token", token.reveal());
    }
    Path file = data.resolve(FILE);
    Path fresh = data.resolve(FILE + ".new");
    try {
      Files.deleteIfExists(fresh);
      createPrivate(fresh);
      Files.writeString(fresh, json.toString());
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void createPrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  /** No server runs on the folder. */
  static final class NoServe extends WrongUse {
    private static final long serialVersionUID = 1;

    NoServe(String message) {
      super(message);
    }
  }

  /**
   * Asks the running server.
   *
   * @return its answer; empty if there is no such thing
   * @throws NoServe if no server runs on the folder
   * @throws WrongUse if it does not answer, or refuses
   */
  static Optional<JsonNode> ask(Path data, String path) {
    return send(data, path, HttpRequest.Builder::GET, "; what you ask for is kept by it alone");
  }

  /**
   * Tells the running server to do something.
   *
   * @return its answer; empty if there is no such thing
   * @throws NoServe if no server runs on the folder
   * @throws WrongUse if it does not answer, or refuses
   */
  static Optional<JsonNode> tell(Path data, String path) {
    return send(data, path, one -> one.POST(HttpRequest.BodyPublishers.noBody()), "; start it");
  }

  private static Optional<JsonNode> send(
      Path data, String path, UnaryOperator<HttpRequest.Builder> method, String otherwise) {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      throw new NoServe("no serve has run on " + data + "; start it, or name its folder by --data");
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      JsonNode address = MAPPER.readTree(Files.readString(file));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address.path("url").asText() + path)).timeout(PATIENCE);
      if (address.hasNonNull("token")) {
        request.header("Authorization", "Bearer " + address.path("token").asText());
      }
      HttpResponse<String> response =
          client.send(method.apply(request).build(), HttpResponse.BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 200 -> Optional.of(MAPPER.readTree(response.body()));
        case 404 -> Optional.empty();
        default -> throw new WrongUse("the serve on " + data + " answers " + words(response));
      };
    } catch (HttpTimeoutException e) {
      throw new WrongUse(
          "the serve on "
              + data
              + " did not answer within "
              + PATIENCE.toSeconds()
              + " s; it may still do what it was told, so look before you repeat it");
    } catch (ConnectException e) {
      throw new NoServe("no serve runs on " + data + " now" + otherwise);
    } catch (IOException e) {
      throw new WrongUse("the serve on " + data + " cannot be asked: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WrongUse("interrupted while asking the server");
    }
  }

  /** Says what an answer means that is no success; a proxy's may not be one of ours. */
  private static String words(HttpResponse<String> response) {
    try {
      JsonNode body = MAPPER.readTree(response.body());
      return response.statusCode()
          + ": "
          + body.path("error").asText()
          + "; "
          + body.path("hint").asText();
    } catch (JsonProcessingException e) {
      return response.statusCode() + "; see its log";
    }
  }
}
