package io.leadgauge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reference material that stands beside the project and is not part of it: contracts, recorded
 * answers, real leads. A test that needs it is skipped where it is missing, and fails in CI.
 */
public final class Shared {
  private static final Path FOLDER = Path.of("..", "shared");

  private Shared() {}

  /** Returns a file or folder of the reference material, such as {@code contracts/hubspot}. */
  public static Path path(String name) {
    Path path = FOLDER.resolve(name);
    boolean there = Files.exists(path);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("in CI the reference material must be there: " + path);
    }
    assumeTrue(there, "skipped: no reference material at " + path);
    return path;
  }
}
