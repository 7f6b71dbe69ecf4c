package io.leadgauge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Floating-point arithmetic in compiled classes: locals, literals, conversions, all of it. */
public final class FloatingPoint {
  /** The JVM's instructions that load, store, compute, compare or convert float and double. */
  private static final Pattern INSTRUCTION =
      Pattern.compile(
          "\\d+: ([fd](load|store|const|add|sub|mul|div|rem|neg|cmp|aload|astore|return|2[il])"
              + "|[il]2[fd]|ldc\\S* +#\\d+ +// (float|double) ).*");

  private FloatingPoint() {}

  /** Returns the floating-point instructions of class files, as the JDK lists them. */
  public static List<String> instructionsOf(List<Path> classFiles) {
    return disassembled(classFiles)
        .lines()
        .map(String::strip)
        .filter(line -> INSTRUCTION.matcher(line).matches())
        .toList();
  }

  private static String disassembled(List<Path> classFiles) {
    String[] arguments =
        Stream.concat(Stream.of("-c", "-p"), classFiles.stream().map(Path::toString))
            .toArray(String[]::new);
    StringWriter listing = new StringWriter();
    PrintWriter out = new PrintWriter(listing);
    int result = ToolProvider.findFirst("javap").orElseThrow().run(out, out, arguments);
    assertThat(result).as("javap: %s", listing).isZero();
    return listing.toString();
  }
}
