package io.leadgauge.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says, checked and complete: what the manifest's words resolve to, and what is
 * compiled. All points, totals and thresholds are millionths of a point, spans of time
 * milliseconds.
 *
 * @param name the model's name
 * @param audience who is scored at all; null for everybody
 * @param discounts activities that are worth less, or nothing; copied
 * @param dimensions in the manifest's order; copied
 * @param minTotal the least shown total; a whole number of points
 * @param maxTotal the greatest shown total; a whole number of points
 * @param disqualifiers conditions that disqualify; copied
 * @param labels highest first, the last one holds where no other does; copied
 * @param grade the grade grid; null for none
 * @param segments the first that matches is the contact's segment; copied
 * @param stages earliest first; copied
 */
public record ModelDefinition(
    String name,
    @Nullable Condition audience,
    List<Discount> discounts,
    List<Dimension> dimensions,
    long minTotal,
    long maxTotal,
    List<Disqualifier> disqualifiers,
    List<Label> labels,
    @Nullable GradeGrid grade,
    List<Segment> segments,
    List<Stage> stages) {
  public ModelDefinition {
    discounts = List.copyOf(discounts);
    dimensions = List.copyOf(dimensions);
    disqualifiers = List.copyOf(disqualifiers);
    labels = List.copyOf(labels);
    segments = List.copyOf(segments);
    stages = List.copyOf(stages);
  }

  /** Returns the same model for those alone for whom a condition holds as well. */
  public ModelDefinition onlyFor(Condition condition) {
    Condition both = audience == null ? condition : new Condition.All(List.of(audience, condition));
    return new ModelDefinition(
        name,
        both,
        discounts,
        dimensions,
        minTotal,
        maxTotal,
        disqualifiers,
        labels,
        grade,
        segments,
        stages);
  }

  /**
   * Returns the condition beside its own audience under which {@link #onlyFor} made another model
   * of this one; null if it made none.
   *
   * @param narrower that model, or this one
   */
  public @Nullable Condition narrowedBy(ModelDefinition narrower) {
    Condition theirs = narrower.audience();
    if (audience == null || theirs == null || theirs.equals(audience)) {
      return audience == null ? theirs : null;
    }
    return theirs instanceof Condition.All(List<Condition> both) ? both.getLast() : null;
  }

  /**
   * Returns the same model, handing a contact over only at a shown total of at least so much: it is
   * added to the condition under which each stage is entered that hands over.
   *
   * @param total in millionths
   */
  public ModelDefinition handingOverFrom(long total) {
    PointsCondition least =
        new PointsCondition.Compare(null, PointsCondition.Comparison.AT_LEAST, total);
    return new ModelDefinition(
        name,
        audience,
        discounts,
        dimensions,
        minTotal,
        maxTotal,
        disqualifiers,
        labels,
        grade,
        segments,
        stages.stream().map(stage -> stage.handOff() == null ? stage : stage.and(least)).toList());
  }

  /**
   * Activities that are worth less than they seem, such as a click that a mail scanner made. Of
   * several that apply to an activity the least share counts. An activity of which nothing is left
   * is taken for one that never happened.
   *
   * @param id its id, unique among the model's rules
   * @param activity the type of activity
   * @param where a condition on its attributes; null for none
   * @param after what it must follow closely; null for nothing
   * @param kept the share of its points that is left, in millionths, 0 to 1,000,000
   */
  public record Discount(
      String id, String activity, @Nullable Condition where, @Nullable After after, long kept) {}

  /**
   * That an activity follows another one closely, or comes with it.
   *
   * @param activity the type of the other one
   * @param within how long after it at most, in milliseconds; exclusive
   * @param same an attribute that both have with the same value; null for any
   */
  public record After(String activity, long within, @Nullable String same) {}

  /**
   * One side of a contact, such as {@code fit}: the sum of its rules, within its limits.
   *
   * @param name its name
   * @param min the least points; null for no limit
   * @param max the most points; null for no limit
   * @param weight what the dimension counts in the total, in millionths: 1,000,000 as it is, 0 to
   *     1,000 times that
   * @param rules in the manifest's order; copied
   */
  public record Dimension(
      String name, @Nullable Long min, @Nullable Long max, long weight, List<Rule> rules) {
    public Dimension {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A condition that takes a contact out of the race, reversibly, whatever its points.
   *
   * @param id its id
   * @param when the condition
   * @param reason why, for people
   */
  public record Disqualifier(String id, Condition when, String reason) {}

  /**
   * A word for a span of the shown total, with hysteresis.
   *
   * <p>It is the shown total, rounded, that is compared: what people see is what decides. The
   * thresholds of the last label mean nothing.
   *
   * @param name the word
   * @param enter the least shown total that takes the label, in millionths; inclusive
   * @param leave below this shown total it is lost, in millionths; at most {@code enter}
   * @param gate what must hold besides, both to take and to keep the label; null for nothing
   */
  public record Label(String name, long enter, long leave, @Nullable PointsCondition gate) {}

  /**
   * A grid of letters by one dimension and digits by another; the grade is a cell, such as {@code
   * A1}. Either side may be missing.
   *
   * @param letters the letters; null for none
   * @param digits the digits; null for none
   */
  public record GradeGrid(@Nullable GradeScale letters, @Nullable GradeScale digits) {}

  /**
   * One side of the grade grid.
   *
   * @param dimension the dimension that is graded
   * @param steps best first, the last one holds where no other does; copied
   */
  public record GradeScale(String dimension, List<GradeStep> steps) {
    public GradeScale {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A letter or digit and the points that earn it.
   *
   * @param name the letter or digit
   * @param threshold the least points of the dimension, exact, in millionths; inclusive
   */
  public record GradeStep(String name, long threshold) {}

  /**
   * A group for nurturing.
   *
   * @param name its name
   * @param label the label that the contact must hold; null for any
   * @param when the condition on its points; null for none
   */
  public record Segment(String name, @Nullable String label, @Nullable PointsCondition when) {}

  /**
   * A lifecycle stage that the model proposes.
   *
   * @param name the stage in the model's words
   * @param enter when it is entered, unless {@code leave} holds as well
   * @param leave when it is left again; null for as soon as {@code enter} does not hold
   * @param cooldown how long after people moved a contact back it is not proposed again, nor is any
   *     later stage
   * @param dwell how long {@code enter} must have held without a break before it is entered
   * @param recycle when a contact goes back from it; null for never
   * @param handOff what sales is to do about a contact that came to it; null for nothing
   */
  public record Stage(
      String name,
      PointsCondition enter,
      @Nullable PointsCondition leave,
      long cooldown,
      long dwell,
      @Nullable Recycle recycle,
      @Nullable HandOff handOff) {
    /** Makes a stage that is entered at once, stays and hands nothing over. */
    public Stage(
        String name, PointsCondition enter, @Nullable PointsCondition leave, long cooldown) {
      this(name, enter, leave, cooldown, 0, null, null);
    }

    /** Returns the same, entered only if another condition holds as well. */
    Stage and(PointsCondition more) {
      return new Stage(
          name,
          new PointsCondition.All(List.of(enter, more)),
          leave,
          cooldown,
          dwell,
          recycle,
          handOff);
    }
  }

  /**
   * When a contact goes back from a stage, if we brought it there.
   *
   * @param to the stage that it goes back to, in the connection's words
   * @param when the condition
   * @param after how long it must have held without a break
   */
  public record Recycle(String to, PointsCondition when, long after) {}

  /**
   * What sales is to do about a contact that came to a stage.
   *
   * @param task the subject of the task; names in braces stand for what is known of the contact
   * @param due how much time there is for it
   * @param calendar the hours in which that time passes; null for all hours
   * @param owner whose task it is: {@link #CONTACT_OWNER}, or the CRM's id of an owner
   * @param fallbackOwner the CRM's id of the owner of the task where the contact has none; null for
   *     nobody
   * @param cooldown how long after one hand-off no other one follows at this stage
   */
  public record HandOff(
      String task,
      long due,
      @Nullable Calendar calendar,
      String owner,
      @Nullable String fallbackOwner,
      long cooldown) {
    /** Stands for whoever owns the contact in the CRM. */
    public static final String CONTACT_OWNER = "contact-owner";

    /** Returns when a task that begins at an instant is due. */
    long dueAt(long at) {
      return calendar == null ? CompiledRule.later(at, due) : calendar.dueAt(at, due);
    }
  }
}
