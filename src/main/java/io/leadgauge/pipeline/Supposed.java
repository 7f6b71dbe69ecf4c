package io.leadgauge.pipeline;

import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.Hindsight.Chapter;
import io.leadgauge.scoring.StageInCrm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A contact of a chapter, supposing that the CRM holds it at some stage. Immutable and thread-safe.
 */
public final class Supposed {
  private final @Nullable StageMap stages;
  private final RecordState contact;
  private final Map<String, String> properties;

  /**
   * A stage that a CRM holds.
   *
   * @param value in the CRM's words; empty for none
   * @param since since when
   * @param ours whether we wrote it
   */
  public record Held(String value, long since, boolean ours) {
    /** Nobody has set a stage. */
    public static final Held NOTHING = new Held("", Long.MIN_VALUE, false);
  }

  private Supposed(@Nullable StageMap stages, RecordState contact, Map<String, String> properties) {
    this.stages = stages;
    this.contact = contact;
    this.properties = properties;
  }

  /**
   * Supposes a stage; where the model moves none, the contact is what its facts say.
   *
   * @param scope what its connection and models read
   * @param model the model that moves stages, or not
   */
  public static Supposed of(ConnectionScope scope, ModelAtWork model, Chapter chapter, Held held) {
    StageMap stages = model.use().stages();
    RecordState contact = chapter.view().contact();
    RecordState supposed =
        stages == null || !stages.holds(contact.ref())
            ? contact
            : contact.withFacts(at(contact, stages.property(), held), 0, contact.firstSeenAt());
    ContactView view = chapter.view().as(supposed);
    return new Supposed(stages, supposed, Map.copyOf(NeutralView.properties(scope, view)));
  }

  private static RecordFacts at(RecordState contact, String property, Held held) {
    RecordFacts others = contact.facts().without(Set.of(property, Fact.Assigned.WROTE + property));
    if (held.equals(Held.NOTHING)) {
      return others;
    }
    Stamp stamp = new Stamp(held.since(), SourceRank.EVENT, held.value());
    Fact.Assigned assigned = new Fact.Assigned(contact.ref(), property, stamp);
    List<Fact> facts = new ArrayList<>(List.of(assigned));
    if (held.ours()) {
      facts.add(assigned.asWritten());
    }
    return others.join(facts).facts();
  }

  /** Returns its properties in the words of models; unmodifiable. */
  public Map<String, String> properties() {
    return properties;
  }

  /** Returns when its silence begins, if it does nothing. */
  public long knownSince() {
    return NeutralView.knownSince(contact);
  }

  /** Returns where the CRM holds it. */
  public StageInCrm stage() {
    return NeutralView.stage(stages, contact);
  }

  /** Returns the stage that the CRM would be given because of a decision; null for none. */
  public @Nullable String proposal(Decision decision) {
    return stages == null || !stages.holds(contact.ref())
        ? null
        : WritePlan.stage(contact.facts(), decision, stages);
  }
}
