package io.leadgauge.replay;

import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a moment of a contact's life is told by. */
public sealed interface Occasion {
  /**
   * A delivery came.
   *
   * @param events how many events it brought, those of others included
   * @param noted how many of them were kept and counted and nothing else
   * @param arrival what it brought of this contact
   * @param lateBy how long after the youngest of the facts that were new it came, where that is
   *     longer than an event usually takes; 0 where it is not
   */
  record Delivered(int events, int noted, Arrival arrival, long lateBy) implements Occasion {}

  /**
   * A delivery came that could not be applied and mentions the contact.
   *
   * @param reason why not
   * @param retried the entry by which it was applied later; 0 while it waits
   */
  record Quarantined(String reason, long retried) implements Occasion {}

  /**
   * A delivery that had been quarantined was applied.
   *
   * @param delivery its number
   */
  record Retried(long delivery) implements Occasion {}

  /**
   * The CRM was asked.
   *
   * @param cause why
   */
  record Read(Cause cause) implements Occasion {}

  /**
   * The CRM was written, and took it.
   *
   * @param record what was written: the contact, or one that it absorbed
   * @param values what it holds by its answer, by the platform's name of the property; copied
   */
  record Written(RecordRef record, SortedMap<String, String> values) implements Occasion {
    public Written {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
  }

  /**
   * The CRM did not take what it was to write.
   *
   * @param record what was to be written
   * @param reason in the CRM's words
   */
  record Refused(RecordRef record, String reason) implements Occasion {}

  /**
   * It was decided otherwise.
   *
   * @param contact on whom: the contact, or one that it absorbed
   * @param model by which model
   * @param cause the entry that led to it; 0 for none
   * @param turns what is otherwise now; copied
   */
  record Decided(RecordRef contact, String model, long cause, List<Turn> turns)
      implements Occasion {
    public Decided {
      turns = List.copyOf(turns);
    }
  }

  /**
   * Another version of the connection came into force.
   *
   * @param models the models that are others now; copied
   */
  record NewVersion(List<String> models) implements Occasion {
    public NewVersion {
      models = List.copyOf(models);
    }
  }

  /**
   * Time passed, and something that counts had faded or run out.
   *
   * @param since when the score was last told
   */
  record TimePassed(long since) implements Occasion {}

  /**
   * Where a life that is too long to be told as a whole is taken up.
   *
   * @param entries how many entries came before
   */
  record Earlier(int entries) implements Occasion {}

  /** What a delivery brought. */
  sealed interface Arrival {
    /** Something that was not known. */
    record News() implements Arrival {}

    /**
     * Nothing that an earlier entry had not told.
     *
     * @param first the entry that told it first
     */
    record Repetition(long first) implements Arrival {}

    /** Nothing but what was so already, told of another instant. */
    record Confirmation() implements Arrival {}

    /**
     * What we had written ourselves.
     *
     * @param write the entry that kept the CRM's answer to that write
     */
    record Echo(long write) implements Arrival {}

    /** No fact of the contact: it was only named. */
    record Nothing() implements Arrival {}

    /** Something that is not kept any more: retention has emptied it. */
    record Emptied() implements Arrival {}
  }
}
