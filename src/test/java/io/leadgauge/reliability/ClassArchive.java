package io.leadgauge.reliability;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * The classes of serve as a JVM takes them fastest: in a jar, and loaded and linked beforehand, for
 * a test that starts it hundreds of times. What serve does is the same; two thirds of its start are
 * not.
 */
final class ClassArchive {
  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** A cache of linked classes (JEP 514) saves a quarter more than an archive of loaded ones. */
  private static final boolean IS_LINKED = Runtime.version().feature() >= 25;

  private static final String MAKE =
      IS_LINKED ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
  private static final String TAKE = IS_LINKED ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";

  private final String classPath;
  private final Path archive;

  private ClassArchive(String classPath, Path archive) {
    this.classPath = classPath;
    this.archive = archive;
  }

  /**
   * Makes one, by starting serve once.
   *
   * @param folder where it is put
   * @param launch how serve is started; its data folder will not be empty any more
   * @param use has serve do what it will do
   */
  static ClassArchive of(Path folder, ServeProcess.Launch launch, Consumer<ServeProcess> use) {
    ClassArchive made = new ClassArchive(inJars(folder), folder.resolve("serve.classes"));
    try (ServeProcess serve = made.fast(launch, MAKE + made.archive).start()) {
      serve.awaitReady();
      use.accept(serve);
      serve.terminate();
      serve.awaitEnd();
    }
    return made;
  }

  /** Returns a launch with these classes, the simplest collector and the simplest compiler. */
  ServeProcess.Launch fast(ServeProcess.Launch launch) {
    return fast(launch, TAKE + archive);
  }

  private ServeProcess.Launch fast(ServeProcess.Launch launch, String option) {
    List<String> options = new ArrayList<>(launch.javaOptions());
    options.addAll(OPTIONS);
    options.add(option);
    return launch.java(options.toArray(String[]::new)).classPath(classPath);
  }

  /** Neither knows of folders. */
  private static String inJars(Path folder) {
    List<String> places = new ArrayList<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(place);
      if (!Files.isDirectory(path)) {
        places.add(place);
      } else if (Files.exists(path.resolve("io/leadgauge/cli/Main.class"))) {
        places.add(jar(path, folder.resolve("classes.jar")).toString());
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static Path jar(Path classes, Path jar) {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path one : all.filter(path -> !path.equals(classes)).toList()) {
        boolean isFolder = Files.isDirectory(one);
        String name = classes.relativize(one).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new ZipEntry(isFolder ? name + "/" : name));
        if (!isFolder) {
          Files.copy(one, out);
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
