package io.leadgauge.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.manifest.ContactReader;
import io.leadgauge.manifest.ContactReader.ReadContact;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SampleContact;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Contribution;
import io.leadgauge.naive.PairGenerator.Pair;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Score;
import io.leadgauge.scoring.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine and the naive evaluator come to the same, to the byte, on 10,000 generated models and
 * contacts, both read from the same text. A tenth of them is compared in the fast loop, all with
 * {@code CI=true}.
 */
class SecondEvaluatorTest {
  private static final int PAIRS = 10_000;
  private static final int AT_ONCE = 500;

  /** Where the seeds begin that stand in for models which are refused. */
  private static final long STAND_INS = 1_000_000;

  /** What is said of a part that can never do anything: a chance of generated models. */
  private static final Pattern IDLE =
      Pattern.compile("no contact|never|nobody|out of reach|nothing is left|would be");

  @TempDir private Path folder = Path.of("");

  static LongStream starts() {
    boolean all = "true".equals(System.getenv("CI"));
    return LongStream.iterate(
        0, start -> start < (all ? PAIRS : PAIRS / 10), start -> start + AT_ONCE);
  }

  @ParameterizedTest(name = "{0} and the seeds after it")
  @MethodSource("starts")
  void generatedPair_isScoredAlikeByBoth(long start) throws IOException {
    int compared = compare(LongStream.range(start, start + AT_ONCE));
    for (long next = STAND_INS + start; compared < AT_ONCE; next += AT_ONCE - compared) {
      compared += compare(LongStream.range(next, next + AT_ONCE - compared));
    }
  }

  /** Compares the pairs of seeds whose models are not refused; returns how many. */
  private int compare(LongStream seeds) throws IOException {
    List<Pair> pairs = seeds.mapToObj(PairGenerator::of).toList();
    Map<String, ModelManifest> models = load(pairs);
    List<Pair> usable = pairs.stream().filter(pair -> models.containsKey(pair.name())).toList();
    for (Pair pair : usable) {
      String naive = NaiveModel.of(pair.model()).score(pair.contact(), pair.now()).text();
      String engine = text(evaluate(Found.in(models, pair.name()), pair));
      assertThat(engine).as("the engine against the naive text%n%s", told(pair)).isEqualTo(naive);
    }
    return usable.size();
  }

  private static String told(Pair pair) {
    return "seed " + pair.seed() + " at " + pair.now() + "\n" + pair.model() + pair.contact();
  }

  /** Loads these in a folder of their own, since to load a model takes longer than to compare. */
  private Map<String, ModelManifest> load(List<Pair> pairs) throws IOException {
    Path manifests = Files.createTempDirectory(folder, "pairs");
    for (Pair pair : pairs) {
      Path file = manifests.resolve("models").resolve(pair.name()).resolve("model.yaml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, pair.model());
    }
    Loaded loaded = Manifests.load(manifests, SecretSource.none());
    assertThat(loaded.problems().stream().filter(Problem::isError))
        .allSatisfy(problem -> assertThat(problem.toString()).containsPattern(IDLE));
    return loaded.catalog().models();
  }

  private static Evaluation evaluate(ModelManifest manifest, Pair pair) throws IOException {
    byte[] json = pair.contact().getBytes(StandardCharsets.UTF_8);
    ReadContact read =
        ContactReader.read(pair.name(), new ByteArrayInputStream(json), manifest.definition());
    SampleContact contact =
        Objects.requireNonNull(read.contact(), () -> read.problems() + told(pair));
    return manifest
        .model()
        .evaluate(
            withBlankValues(contact.subject(pair.now()), pair),
            contact.decision(manifest.definition(), pair.now()),
            contact.crm(manifest.definition()),
            pair.now());
  }

  /** Adds the blank properties, which the reader of contacts leaves out and a CRM does not. */
  private static Subject withBlankValues(Subject subject, Pair pair) {
    Map<String, String> properties = new TreeMap<>(subject.properties());
    Plain all = Plain.of(pair.contact()).child("properties");
    all.keys().forEach(name -> properties.putIfAbsent(name, all.text(name)));
    return new Subject(properties, subject.activities(), subject.knownSince());
  }

  /** Returns what the engine came to, in the form of the naive evaluator. */
  private static String text(Evaluation evaluation) {
    Score score = evaluation.score();
    if (!score.scored()) {
      return NaiveScore.NONE.text();
    }
    return new NaiveScore(
            true,
            score.total(),
            score.dimensions(),
            Optional.ofNullable(score.grade()),
            Optional.ofNullable(evaluation.decision().label()),
            Optional.ofNullable(evaluation.segment()),
            score.disqualified(),
            score.contributions().stream()
                .collect(Collectors.toMap(Contribution::rule, Contribution::points)),
            score.unreadable())
        .text();
  }
}
