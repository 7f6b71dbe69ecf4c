package io.leadgauge.manifest;

import io.leadgauge.manifest.Mutant.Change;
import io.leadgauge.manifest.Mutant.Part;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Discount;
import io.leadgauge.scoring.ModelDefinition.Disqualifier;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.Rule.Band;
import io.leadgauge.scoring.Rule.Gives;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes a model one part at a time: leaves out each rule, discount, disqualifier, label, segment
 * and stage in turn, and halves what each rule gives. The last label stays, since it is where
 * contacts are that have no other.
 */
public final class Mutants {
  private final ModelDefinition model;
  private final Node spec;
  private final List<Mutant> mutants = new ArrayList<>();

  private Mutants(ModelDefinition model, Node spec) {
    this.model = model;
    this.spec = spec;
  }

  /** Returns the model with each of its parts changed in turn, in the order of the file's parts. */
  public static List<Mutant> of(ModelManifest manifest) {
    Source source = new Source(Source.shown(manifest.file()), manifest.text());
    Node root = YamlReader.read(source, new Problems());
    if (root == null) {
      throw new IllegalArgumentException("a model without errors is YAML: " + manifest.file());
    }
    Mutants mutants = new Mutants(manifest.definition(), root.nearest("spec"));
    mutants.changeAudience();
    mutants.changeDiscounts();
    mutants.changeRules();
    mutants.changeDisqualifiers();
    mutants.changeLabels();
    mutants.changeSegments();
    mutants.changeStages();
    return List.copyOf(mutants.mutants);
  }

  /** A copy of the model that can be changed. */
  private final class Draft {
    private @Nullable Condition audience = model.audience();
    private final List<Discount> discounts = new ArrayList<>(model.discounts());
    private final List<Dimension> dimensions = new ArrayList<>(model.dimensions());
    private final List<Disqualifier> disqualifiers = new ArrayList<>(model.disqualifiers());
    private final List<Label> labels = new ArrayList<>(model.labels());
    private final List<Segment> segments = new ArrayList<>(model.segments());
    private final List<Stage> stages = new ArrayList<>(model.stages());

    ModelDefinition done() {
      return new ModelDefinition(
          model.name(),
          audience,
          discounts,
          dimensions,
          model.minTotal(),
          model.maxTotal(),
          disqualifiers,
          labels,
          model.grade(),
          segments,
          stages);
    }
  }

  /** Adds the model that a change leaves, unless it is the same. */
  private void add(Part part, String name, Change change, Position at, Consumer<Draft> edit) {
    Draft draft = new Draft();
    edit.accept(draft);
    ModelDefinition mutant = draft.done();
    if (!mutant.equals(model)) {
      mutants.add(new Mutant(part, name, change, at, mutant));
    }
  }

  private void addWithout(Part part, String name, Position at, Consumer<Draft> edit) {
    add(part, name, Change.GONE, at, edit);
  }

  private void changeAudience() {
    Position at = spec.nearest(spec.has("include") ? "include" : "exclude").at();
    addWithout(Part.AUDIENCE, "", at, draft -> draft.audience = null);
  }

  private void changeDiscounts() {
    for (Discount discount : model.discounts()) {
      Position at = spec.nearest("discount").item(discount.id()).at();
      addWithout(Part.DISCOUNT, discount.id(), at, draft -> draft.discounts.remove(discount));
    }
  }

  private void changeRules() {
    for (Dimension dimension : model.dimensions()) {
      Node rules = spec.nearest("dimensions", dimension.name(), "rules");
      for (Rule rule : dimension.rules()) {
        Position at = rules.item(rule.id()).at();
        addWithout(Part.RULE, rule.id(), at, draft -> replace(draft, dimension, rule, List.of()));
        add(
            Part.RULE,
            rule.id(),
            Change.HALVED,
            at,
            draft -> replace(draft, dimension, rule, List.of(half(rule))));
      }
    }
  }

  private static void replace(Draft draft, Dimension dimension, Rule rule, List<Rule> by) {
    List<Rule> rules = new ArrayList<>();
    dimension.rules().forEach(one -> rules.addAll(one.equals(rule) ? by : List.of(one)));
    draft.dimensions.replaceAll(
        one ->
            one.equals(dimension)
                ? new Dimension(one.name(), one.min(), one.max(), one.weight(), rules)
                : one);
  }

  private void changeDisqualifiers() {
    for (Disqualifier one : model.disqualifiers()) {
      Position at = spec.nearest("disqualify").item(one.id()).at();
      addWithout(Part.DISQUALIFIER, one.id(), at, draft -> draft.disqualifiers.remove(one));
    }
  }

  private void changeLabels() {
    for (Label label : model.labels()) {
      if (!label.equals(model.labels().getLast())) {
        Position at = spec.nearest("labels").key(label.name());
        addWithout(Part.LABEL, label.name(), at, draft -> draft.labels.remove(label));
      }
    }
  }

  private void changeSegments() {
    for (Segment segment : model.segments()) {
      Position at = spec.nearest("segments").key(segment.name());
      addWithout(Part.SEGMENT, segment.name(), at, draft -> draft.segments.remove(segment));
    }
  }

  private void changeStages() {
    for (Stage stage : model.stages()) {
      Position at = spec.nearest("stages").key(stage.name());
      addWithout(Part.STAGE, stage.name(), at, draft -> draft.stages.remove(stage));
    }
  }

  // Half of the points

  private static Rule half(Rule rule) {
    return switch (rule) {
      case Rule.OnProperty(String id, Condition when, long points, String reason) ->
          new Rule.OnProperty(id, when, points / 2, reason);
      case Rule.OnSilence(String id, long span, long points, String reason) ->
          new Rule.OnSilence(id, span, points / 2, reason);
      case Rule.ByRange one ->
          new Rule.ByRange(
              one.id(), one.property(), half(one.bands()), one.missing() / 2, one.reason());
      case Rule.ByValue one ->
          new Rule.ByValue(
              one.id(),
              one.property(),
              half(one.values()),
              one.other() / 2,
              one.missing() / 2,
              one.reason());
      case Rule.OnActivity one ->
          new Rule.OnActivity(
              one.id(),
              one.activity(),
              one.where(),
              half(one.gives()),
              one.within(),
              one.decay(),
              one.limit(),
              one.choice(),
              one.reason());
    };
  }

  private static Gives half(Gives gives) {
    return switch (gives) {
      case Gives.Each(long points) -> new Gives.Each(points / 2);
      case Gives.ByCount(List<Band> bands) -> new Gives.ByCount(half(bands));
    };
  }

  private static List<Band> half(List<Band> bands) {
    return bands.stream().map(band -> new Band(band.from(), band.to(), band.points() / 2)).toList();
  }

  private static SequencedMap<String, Long> half(SequencedMap<String, Long> values) {
    SequencedMap<String, Long> halves = new LinkedHashMap<>(values);
    halves.replaceAll((value, points) -> points / 2);
    return halves;
  }
}
