package io.leadgauge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
  private static final String ALL_IPV4 = "0.0.0.0";
  private static final Set<String> ALL_IPV6 = Set.of("::", "[::]");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private AdminAddress() {}

  /**
   * Tells whether this machine reaches a server that listens at a host without a token: by a
   * loopback address, which the admin port knows by these names alone.
   */
  static boolean isOpenToThisMachine(String host) {
    return host.equals(ALL_IPV4) || ALL_IPV6.contains(host) || LOOPBACK.contains(host);
  }

  /** Returns the address by which this machine reaches a server that listens at a host. */
  static String url(String host, int port) {
    String reached;
    if (host.equals(ALL_IPV4)) {
      reached = "127.0.0.1";
    } else if (ALL_IPV6.contains(host)) {
      reached = "[::1]";
    } else {
      reached = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
    return "http://" + reached + ":" + port;
  }

  /**
   * Writes the file, readable by its owner alone.
   *
   * @param url the address by which this machine reaches the server
   */
  static void write(Path data, String url, @Nullable Secret token) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("url", url);
    if (token != null) {
      json.put("token", token.reveal());
    }
    Path file = data.resolve(FILE);
    Path fresh = data.resolve(FILE + ".new");
    try {
      Files.deleteIfExists(fresh);
      createPrivate(fresh);
      writeDurably(fresh, json.toString());
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Half an address, which a power cut may leave otherwise, is worse than an old one. */
  private static void writeDurably(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
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
    try (HttpClient client = OutgoingHttp.client().build()) {
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
