package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.manifest.Case.Expectation;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Disqualifier;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ready models are shown by their cases and explained by their pages. */
class ReadyModelsTest {
  private static final Path PAGES = Path.of("docs/models");
  private static final Loaded SHIPPED = Manifests.load(Path.of("manifests"), SecretSource.none());

  /** A row of the table of rules: the id, three plans of HubSpot, Salesforce. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9-]+)` \\| (?:[^|]*\\S \\| ){3}[^|]*\\S \\|$");

  @TempDir private Path dir = Path.of("");

  private static ModelManifest model(String name) {
    return Found.in(SHIPPED.catalog().models(), name);
  }

  private static List<Rule> rules(ModelDefinition model) {
    return model.dimensions().stream().flatMap(dimension -> dimension.rules().stream()).toList();
  }

  @Test
  void shippedModels_areTheSixThatTheOverviewLists() throws IOException {
    assertThat(SHIPPED.problems()).isEmpty();
    Matcher row =
        Pattern.compile("^\\| \\[([a-z0-9-]+)]\\(\\1\\.md\\)", Pattern.MULTILINE)
            .matcher(Files.readString(PAGES.resolve("README.md")));
    List<String> listed = row.results().map(one -> one.group(1)).toList();

    assertThat(listed).hasSize(6);
    assertThat(SHIPPED.catalog().models()).containsOnlyKeys(listed);
  }

  static Set<String> names() {
    return SHIPPED.catalog().models().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void cases_areGreenAndMissWhateverIsTakenAway(String name) throws IOException {
    ModelManifest model = model(name);

    assertThat(model.cases()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(model.cases()).allSatisfy(one -> assertThat(one.run(model)).isEmpty());
    // A case that expects other than 0 of a rule fails when the rule is removed, or halved.
    assertThat(expected(model, "contributions.")).containsAll(ids(model.definition()));
    assertThat(failing(withoutDiscounts(model)).isEmpty())
        .isEqualTo(model.definition().discounts().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyOutcome_isShownByACase(String name) {
    ModelDefinition model = model(name).definition();
    Set<String> shown =
        model(name).cases().stream()
            .flatMap(one -> one.expectations().stream())
            .map(one -> one.what() + " " + one.expected())
            .collect(Collectors.toSet());

    assertThat(shown)
        .containsAll(model.labels().stream().map(Label::name).map("label "::concat).toList())
        .containsAll(model.segments().stream().map(Segment::name).map("segment "::concat).toList())
        .containsAll(model.stages().stream().map(Stage::name).map("stage "::concat).toList())
        .containsAll(
            model.disqualifiers().stream()
                .map(Disqualifier::reason)
                .map("disqualified "::concat)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void page_listsExactlyTheRulesInTheirOrder(String name) throws IOException {
    ModelDefinition model = model(name).definition();
    List<String> rules = new ArrayList<>(ids(model));
    model.disqualifiers().forEach(one -> rules.add(one.id()));
    model.discounts().forEach(one -> rules.add(one.id()));

    List<String> rows =
        Files.readAllLines(PAGES.resolve(name + ".md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .toList();
    assertThat(rows).isEqualTo(rules);
  }

  private static List<String> ids(ModelDefinition model) {
    return rules(model).stream().map(Rule::id).toList();
  }

  /** Returns of what a case expects other than nothing. */
  private static Set<String> expected(ModelManifest model, String prefix) {
    return model.cases().stream()
        .flatMap(one -> one.expectations().stream())
        .filter(one -> one.what().startsWith(prefix) && !one.expected().equals("0"))
        .map(Expectation::what)
        .map(what -> what.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private static List<Case> failing(ModelManifest model) {
    return model.cases().stream().filter(one -> !one.run(model).isEmpty()).toList();
  }

  /** Returns the model with discounts that leave everything. */
  private ModelManifest withoutDiscounts(ModelManifest model) throws IOException {
    String name = model.definition().name();
    Path cases = model.file().resolveSibling("cases.yaml");
    Loaded loaded =
        new Folder(dir)
            .file("models/" + name + "/model.yaml", model.text().replace("to: 0%", "to: 100%"))
            .file("models/" + name + "/cases.yaml", Files.readString(cases))
            .load();
    return Found.in(loaded.catalog().models(), name);
  }
}
