package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.manifest.GuideTest.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison says of other systems is shown by models and cases on the page itself. */
class CompareTest {
  private static final Path PAGE = Path.of("docs/compare.md");
  private static final Pattern LINK = Pattern.compile("\\| \\[\\w+]\\(#([a-z0-9-]+)\\) \\|$");
  private static final Pattern SECTION =
      Pattern.compile("^## (.*?)\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  /** All that HubSpot's API can say, in its own words. */
  private static final List<String> HUBSPOT =
      List.of(
          "FIT",
          "INTENT",
          "CONSTANT",
          "MATCH",
          "CONDITIONAL",
          "MULTI",
          "SEGMENT_MEMBERSHIP",
          "INCLUDES",
          "EXCLUDES",
          "MULTI_UE",
          "AT_LEAST",
          "BETWEEN",
          "EXACTLY",
          "minimumValue",
          "maximumValue",
          "minValue",
          "maxValue",
          "maxScorePerCategory",
          "groupDecay",
          "SCORE",
          "THRESHOLD",
          "MATRIX",
          "ASSOCIATIONS",
          "ASSOCIATION_UE",
          "AVG",
          "MAX",
          "MIN",
          "SUM");

  @TempDir private Path dir = Path.of("");

  @Test
  void models_allHaveCasesThatPassAndShowEveryRule() throws IOException {
    Folder folder = new Folder(dir);
    for (Block block : GuideTest.blocks(PAGE)) {
      folder.file(GuideTest.file(block.text()), block.text());
    }
    Loaded loaded = folder.load();

    assertThat(loaded.hasErrors()).as(folder.problems(loaded).toString()).isFalse();
    assertThat(loaded.catalog().models()).hasSizeGreaterThan(8);
    for (ModelManifest model : loaded.catalog().models().values()) {
      assertThat(model.cases()).allSatisfy(one -> assertThat(one.run(model)).isEmpty());
      assertThat(shown(model)).as(model.definition().name()).containsAll(rules(model));
    }
  }

  /** Returns the rules of which a case expects other than nothing. */
  private static Set<String> shown(ModelManifest model) {
    return model.cases().stream()
        .flatMap(one -> one.expectations().stream())
        .filter(one -> !one.expected().equals("0"))
        .map(one -> one.what().replace("contributions.", ""))
        .collect(Collectors.toSet());
  }

  private static List<String> rules(ModelManifest model) {
    return model.definition().dimensions().stream()
        .flatMap(dimension -> dimension.rules().stream())
        .map(rule -> rule.id())
        .toList();
  }

  @Test
  void table_namesEveryWordOfHubSpot_andLinksToASectionWithCases() throws IOException {
    String page = Files.readString(PAGE);
    List<String> rows = page.lines().filter(line -> line.startsWith("| ")).toList();
    List<String> theirs = rows.stream().map(row -> row.split(" \\| ", 2)[0]).toList();
    Set<String> sections =
        SECTION
            .matcher(page)
            .results()
            .filter(section -> section.group(2).contains("\nkind: Cases\n"))
            .map(CompareTest::anchor)
            .collect(Collectors.toSet());

    assertThat(String.join(" ", theirs)).contains(HUBSPOT.stream().map("`%s`"::formatted).toList());
    List<String> linked =
        rows.stream()
            .flatMap(row -> LINK.matcher(row).results())
            .map(link -> link.group(1))
            .toList();
    assertThat(linked).hasSizeGreaterThan(15);
    assertThat(sections).containsExactlyInAnyOrderElementsOf(Set.copyOf(linked));
  }

  /** Returns how a page links to a section. */
  private static String anchor(MatchResult section) {
    return section
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }
}
