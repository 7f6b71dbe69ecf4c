package io.leadgauge.manifest;

import io.leadgauge.manifest.Use.OfActivity;
import io.leadgauge.manifest.Use.Role;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.ModelDefinition.After;
import io.leadgauge.scoring.ModelDefinition.Discount;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads which activities are worth less than they seem. */
final class DiscountReader {
  private static final long LONGEST = Decay.HalfLife.LONGEST;

  private final Values values;
  private final RuleReader rules;

  /**
   * @param rules knows the ids that are taken, and is told what discounts read
   */
  DiscountReader(Values values, RuleReader rules) {
    this.values = values;
    this.rules = rules;
  }

  @Nullable Discount discount(Node node) {
    Fields fields = Fields.of(node, values, "id", "activity", "where", "after", "to");
    if (fields == null) {
      return null;
    }
    String id = fields.required("id", rules::id);
    String name = id == null ? "" : id;
    TreeMap<String, Position> attributes = new TreeMap<>();
    String activity = fields.required("activity", values::name);
    Condition where = fields.optional("where", one -> rules.where(one, attributes));
    After after = fields.optional("after", one -> after(name, one, attributes));
    Long kept = fields.required("to", values::percent);
    if (activity != null) {
      rules.use(new OfActivity(name, fields.at("activity"), activity, attributes, Role.DISCOUNTED));
    }
    return id == null || activity == null || kept == null
        ? null
        : new Discount(id, activity, where, after, kept);
  }

  private @Nullable After after(String id, Node node, SortedMap<String, Position> attributes) {
    Fields fields = Fields.of(node, values, "activity", "within", "same");
    if (fields == null) {
      return null;
    }
    String activity = fields.required("activity", values::name);
    Long within = fields.required("within", values.span(Spans.SECOND, LONGEST));
    String same = fields.optional("same", values::name);
    TreeMap<String, Position> compared = new TreeMap<>();
    if (same != null) {
      attributes.putIfAbsent(same, fields.at("same"));
      compared.put(same, fields.at("same"));
    }
    if (activity != null) {
      rules.use(new OfActivity(id, fields.at("activity"), activity, compared, Role.PRECEDES));
    }
    return activity == null || within == null ? null : new After(activity, within, same);
  }
}
