package io.leadgauge.manifest;

import io.leadgauge.scoring.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A contact and what a model must make of it.
 *
 * @param name what it shows
 * @param at where it stands
 * @param instant the instant of scoring
 * @param contact the contact
 * @param expectations what must come out; copied
 */
public record Case(
    String name, Position at, long instant, SampleContact contact, List<Expectation> expectations) {
  public Case {
    expectations = List.copyOf(expectations);
  }

  /**
   * One thing that must come out.
   *
   * @param at where it stands
   * @param what its name, such as {@code total} or {@code contributions.webinar}
   * @param expected its value as text
   * @param actual finds the value in an evaluation
   */
  public record Expectation(
      Position at, String what, String expected, Function<Evaluation, String> actual) {}

  /**
   * Something that came out otherwise.
   *
   * @param at where the expectation stands
   * @param what its name
   * @param expected what must come out
   * @param actual what did
   */
  public record Mismatch(Position at, String what, String expected, String actual) {}

  /** Scores the contact; returns what came out otherwise than expected, nothing if all is well. */
  public List<Mismatch> run(ModelManifest manifest) {
    Evaluation evaluation = contact.evaluate(manifest, instant);
    List<Mismatch> mismatches = new ArrayList<>();
    for (Expectation expectation : expectations) {
      String actual = expectation.actual().apply(evaluation);
      if (!actual.equals(expectation.expected())) {
        mismatches.add(
            new Mismatch(expectation.at(), expectation.what(), expectation.expected(), actual));
      }
    }
    return mismatches;
  }
}
