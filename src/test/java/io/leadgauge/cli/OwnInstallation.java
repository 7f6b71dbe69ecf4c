package io.leadgauge.cli;

import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Clockwork;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.util.Map;

/** A serve within the tests' own process, on a clock of theirs: a door for other rooms' tests. */
public final class OwnInstallation implements AutoCloseable {
  private final Installation installation;

  private OwnInstallation(Installation installation) {
    this.installation = installation;
  }

  /** Starts one on free ports over manifests that have no errors. */
  public static OwnInstallation start(
      Path manifests, Path data, Map<String, String> secrets, Clockwork clock) {
    Loaded loaded = Manifests.load(manifests, SecretSource.of(secrets, manifests));
    if (loaded.hasErrors()) {
      throw new AssertionError(loaded.problems());
    }
    return new OwnInstallation(
        Installation.start(loaded.catalog(), Installation.Settings.local(data), clock));
  }

  /** Returns the public port. */
  public int port() {
    return installation.port();
  }

  /** Returns the admin port. */
  public int adminPort() {
    return installation.adminPort();
  }

  /** Returns the running pipeline. */
  public Pipeline pipeline() {
    return installation.pipeline();
  }

  /** Returns a look at the store. */
  public StoreReader reader() {
    return installation.reader();
  }

  @Override
  public void close() {
    installation.close();
  }
}
