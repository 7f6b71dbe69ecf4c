package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there. */
class ReadmeTest {
  private static final Pattern MANIFEST =
      Pattern.compile("`(manifests/\\S+)`:\n\n```yaml manifest\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CONTACT = Pattern.compile("echo '(\\{.*?\\})' \\|");
  private static final Pattern COMMAND = Pattern.compile("\\./leadgauge (score .*)\n");

  @TempDir Path folder;

  @Test
  void firstManifest_isCheckedAndScoresTheContactBesideIt() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Matcher manifest = find(MANIFEST, readme);
    Path file = folder.resolve(manifest.group(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, manifest.group(2));
    String manifests = folder.resolve("manifests").toString();

    TestTerminal check = TestTerminal.plain();
    assertThat(check.run("check", manifests)).as(check.out()).isZero();

    TestTerminal score =
        new TestTerminal(
            Map.of("COLUMNS", "80", "LEADGAUGE_MANIFESTS", manifests),
            find(CONTACT, readme).group(1));
    assertThat(score.run(find(COMMAND, readme).group(1).split(" ", -1))).as(score.err()).isZero();
    assertThat(score.out()).contains("50").contains("hot");
  }

  @Test
  void links_leadToFilesThatAreThere() throws IOException {
    Matcher link =
        Pattern.compile("\\]\\((?!https?:)([^)#]+)")
            .matcher(Files.readString(Path.of("README.md")));
    int links = 0;
    while (link.find()) {
      assertThat(Path.of(link.group(1))).exists();
      links++;
    }
    assertThat(links).isGreaterThan(5);
  }

  private static Matcher find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern.pattern()).isTrue();
    return matcher;
  }
}
