package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.scoring.Condition;
import java.util.List;

/** Finds what is contradictory in a condition on properties, and where. */
final class ConditionChecks {
  private final Problems problems;

  ConditionChecks(Problems problems) {
    this.problems = problems;
  }

  /**
   * Refuses every part of a condition that can never hold.
   *
   * @param node where the condition stands
   */
  void check(Condition condition, Node node) {
    switch (condition) {
      case Condition.All all -> {
        if (!checkParts(all.conditions(), node.nearest("all"))) {
          checkTogether(all.conditions(), node.nearest("all"));
        }
      }
      case Condition.Any any -> checkParts(any.conditions(), node.nearest("any"));
      case Condition.Not not when !Possibility.isPossible(condition) ->
          problems.error(
              node.at(),
              "no contact can satisfy this: what it denies always holds, expected something"
                  + " possible");
      case Condition.Not not -> check(not.condition(), node.nearest("not"));
      case Condition test -> {}
    }
  }

  /** Checks each of the conditions of a list; returns whether one of them can never hold. */
  private boolean checkParts(List<Condition> conditions, Node list) {
    int before = problems.errors();
    for (int i = 0; i < conditions.size(); i++) {
      check(conditions.get(i), item(list, i));
    }
    return problems.errors() > before;
  }

  private void checkTogether(List<Condition> conditions, Node list) {
    for (int i = 1; i < conditions.size(); i++) {
      if (!Possibility.isPossible(new Condition.All(conditions.subList(0, i + 1)))) {
        String rival = rival(conditions, i, list);
        problems.error(
            item(list, i).at(),
            "no contact can satisfy this and " + rival + ", expected both to be possible at once");
        return;
      }
    }
  }

  /** Returns the condition before that one of a list contradicts, by its place. */
  private static String rival(List<Condition> conditions, int contradicting, Node list) {
    for (int i = 0; i < contradicting; i++) {
      if (!Possibility.isPossible(conditions.get(i), conditions.get(contradicting))) {
        Position at = item(list, i).at();
        return "the condition at " + at.line() + ":" + at.column();
      }
    }
    return "the conditions before it";
  }

  private static Node item(Node list, int index) {
    return list instanceof Sequence sequence ? sequence.items().get(index) : list;
  }
}
