package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.reliability.ServeProcess.Launch;
import io.leadgauge.reliability.Wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A {@code serve} with every {@linkplain Doors door} that all tests of a class knock at, while the
 * CRMs behind it are away. For a static field with {@link RegisterExtension}.
 */
final class ServedDoors implements BeforeAllCallback, AfterAllCallback {
  private static final String NOBODY = "http://127.0.0.1:1";

  private final UnaryOperator<Launch> options;
  private Path folder = Path.of("");
  private @Nullable ServeProcess serve;

  ServedDoors() {
    this(launch -> launch);
  }

  /** Makes one that is started otherwise than usual. */
  ServedDoors(UnaryOperator<Launch> options) {
    this.options = options;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("doors");
    Path manifests = folder.resolve("manifests");
    Doors.write(manifests, NOBODY, NOBODY, "shadow");
    serve = options.apply(Launch.of(manifests, folder.resolve("data"), Doors.SECRETS)).start();
    serve().awaitReady();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    serve().close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  ServeProcess serve() {
    return Objects.requireNonNull(serve, "before the first test");
  }

  /** Opens a connection to the public port. */
  Wire wire() throws IOException {
    return Wire.to(serve().port());
  }

  /** Opens a connection to the admin port. */
  Wire adminWire() throws IOException {
    return Wire.to(serve().admin("/").getPort());
  }

  /** Sends one request over a connection of its own. */
  Answer answer(byte[] request) throws IOException {
    try (Wire wire = wire()) {
      return wire.send(request).answer().orElseThrow(() -> new IOException("no answer"));
    }
  }

  /** Sends one request over a connection of its own; returns all answers until that ends. */
  List<Answer> answers(String requests) throws IOException {
    try (Wire wire = wire()) {
      return wire.send(requests).answers();
    }
  }

  /** Returns what a metric counts, summed over all its series that hold a text. */
  double metric(String name, String text) {
    List<String> series =
        serve()
            .get("/metrics")
            .lines()
            .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
            .filter(line -> line.contains(text))
            .toList();
    assertThat(series).as("series of %s with %s", name, text).isNotEmpty();
    return series.stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Returns what a metric without labels counts. */
  double metric(String name) {
    return metric(name, "");
  }
}
