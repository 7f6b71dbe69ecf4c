package io.leadgauge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes of a few words each, compiled all at once, to show rules what they must not let pass. */
final class Snippets {
  private Snippets() {}

  /**
   * Compiles classes into a folder.
   *
   * @param bodies what stands between the braces of each class, by its full name
   * @return the classes as ArchUnit sees them
   */
  static JavaClasses compile(Map<String, String> bodies, Path folder) throws IOException {
    List<Path> sources =
        bodies.entrySet().stream()
            .map(body -> write(folder.resolve("src"), body.getKey(), body.getValue()))
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classPath = System.getProperty("java.class.path");
    List<String> options =
        List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      boolean done = compiler.getTask(problems, files, null, options, null, units).call();
      assertThat(done).as("compiles: %s", problems).isTrue();
    }
    return new ClassFileImporter().importPath(classes);
  }

  /** Returns where {@link #compile} put a class. */
  static Path classFile(Path folder, String name) {
    return folder.resolve("classes").resolve(name.replace('.', '/') + ".class");
  }

  private static Path write(Path folder, String name, String body) {
    int dot = name.lastIndexOf('.');
    String text =
        "package %s; public class %s { %s }"
            .formatted(name.substring(0, dot), name.substring(dot + 1), body);
    try {
      Path file = folder.resolve(name.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
