package io.leadgauge.scoring;

import java.util.Map;

/**
 * What a model makes of points, whatever rules gave them.
 *
 * @param scale limits and total
 * @param grades the grade grid
 * @param segments the nurture segments
 * @param decisions label and stages
 */
record Judgement(Scale scale, Grades grades, Segments segments, Decisions decisions) {
  static Judgement of(ModelDefinition definition) {
    Scale scale = new Scale(definition);
    Map<String, Integer> slots = scale.slots();
    return new Judgement(
        scale,
        new Grades(definition.grade(), slots),
        new Segments(definition.segments(), slots),
        new Decisions(definition, slots));
  }
}
