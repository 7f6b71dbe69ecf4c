package io.leadgauge.pipeline;

import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Activation;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import io.leadgauge.store.CountedBodies;
import io.leadgauge.store.ErasedRecord;
import io.leadgauge.store.ErasureExtent;
import io.leadgauge.store.HourlyCount;
import io.leadgauge.store.PackedDelivery;
import io.leadgauge.store.PageCleaning;
import io.leadgauge.store.Retained;
import io.leadgauge.store.StoredEntry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thing that the intake is asked to do in its next transaction. */
sealed interface Work {
  /** Returns the connection in whose turn it is done. */
  ConnectionId connection();

  /** Returns how much of a transaction it takes, in bytes. */
  long bytes();

  /**
   * Keeps a delivery and applies it.
   *
   * @param decoded what it says
   * @param configuration of the version of the connection that reads it so
   * @param packed the same delivery on its way into the journal
   */
  record Receive(Delivery delivery, Decoded decoded, String configuration, PackedDelivery packed)
      implements Work {
    private static final long OVERHEAD = 512;

    Receive(Delivery delivery, Decoded decoded, String configuration) {
      this(delivery, decoded, configuration, PackedDelivery.of(delivery));
    }

    @Override
    public ConnectionId connection() {
      return delivery.connection();
    }

    @Override
    public long bytes() {
      return delivery.body().length + OVERHEAD;
    }
  }

  /**
   * Keeps what the CRM answered and applies it.
   *
   * @param observation what was learned
   * @param unanswered contacts of which nothing was learned, with the reason
   */
  record Observe(Observation observation, Map<RecordRef, String> unanswered) implements Work {
    private static final int BYTES_PER_FACT = 100;
    private static final int BYTES_PER_REFUSAL = 300;

    @Override
    public ConnectionId connection() {
      return observation.connection();
    }

    @Override
    public long bytes() {
      return (long) BYTES_PER_FACT * observation.facts().size()
          + (long) BYTES_PER_REFUSAL * observation.refused().size();
    }
  }

  /** Scores contacts again because time has moved on. */
  record Recheck(ConnectionId connection, List<RecordRef> contacts) implements Work {
    private static final int BYTES_PER_CONTACT = 400;

    @Override
    public long bytes() {
      return (long) BYTES_PER_CONTACT * contacts.size();
    }
  }

  /**
   * Moves the cursor of a fan-out, unless it has moved otherwise meanwhile.
   *
   * @param from where it stands
   * @param to where it is to stand
   */
  record Move(FanOutPosition from, FanOutPosition to) implements Work {
    @Override
    public ConnectionId connection() {
      return from.record().connection();
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /**
   * Scores contacts again because of a record that they are linked to, and moves the cursor of the
   * fan-out that found them, unless that record has changed again.
   *
   * @param contacts a page of them
   * @param fanOut how far the fan-out has come with them
   * @param last whether no page follows
   */
  record Concern(
      ConnectionId connection, List<RecordRef> contacts, FanOutPosition fanOut, boolean last)
      implements Work {
    private static final int BYTES_PER_CONTACT = 400;

    @Override
    public long bytes() {
      return (long) BYTES_PER_CONTACT * contacts.size();
    }
  }

  /** Flags contacts for reading, and moves the cursor of the pass that found them. */
  record Flag(
      ConnectionId connection, List<RecordRef> contacts, @Nullable String cursor, String value)
      implements Work {
    private static final int BYTES_PER_CONTACT = 200;

    @Override
    public long bytes() {
      return (long) BYTES_PER_CONTACT * contacts.size();
    }
  }

  /**
   * Scores contacts again after a change of configuration.
   *
   * @param earlier the decisions that are to be gone on from, where they are not the last ones
   * @param newsSince what differs is worth a write as if something had happened to the contact,
   *     where it was written at this instant or later; 0 for all, {@link Due#NEVER} for none
   */
  record Rescore(
      ConnectionId connection,
      List<RecordRef> contacts,
      Map<RecordRef, List<Decided>> earlier,
      long newsSince)
      implements Work {
    private static final int BYTES_PER_CONTACT = 400;

    @Override
    public long bytes() {
      return (long) BYTES_PER_CONTACT * contacts.size();
    }
  }

  /**
   * Takes up a delivery that was kept and not applied, or not all of whose events were.
   *
   * @param number the delivery's, in the journal
   * @param bodyBytes how long its body is
   * @param told is told, after the commit, what came of it
   */
  record Retry(ConnectionId connection, long number, long bodyBytes, Consumer<Retrial> told)
      implements Work {
    private static final long OVERHEAD = 512;

    @Override
    public long bytes() {
      return bodyBytes + OVERHEAD;
    }
  }

  /** A step of an erasure. */
  sealed interface Erase extends Work {
    /**
     * Marks a person.
     *
     * @param person one of their records; need not be known
     * @param found is told, after the commit, how much is kept of them
     */
    record Mark(RecordRef person, Consumer<ErasureExtent> found) implements Erase {
      @Override
      public ConnectionId connection() {
        return person.connection();
      }

      @Override
      public long bytes() {
        return 0;
      }
    }

    /**
     * Puts entries in the place of those that name a marked record.
     *
     * @param changed what is to be put there
     * @param retold what they told of others and tell no more
     * @param through the last of the record's entries that need not be looked at again
     */
    record Rewrite(
        ErasedRecord record, List<StoredEntry> changed, List<Observation> retold, long through)
        implements Erase {
      @Override
      public ConnectionId connection() {
        return record.ref().connection();
      }

      @Override
      public long bytes() {
        return changed.stream().mapToLong(entry -> entry.body().length).sum();
      }
    }

    /**
     * Puts an entry in the place of one that names somebody and that no index leads to.
     *
     * @param retold what it told of others and tells no more
     */
    record Replace(ConnectionId connection, StoredEntry entry, List<Observation> retold)
        implements Erase {
      @Override
      public long bytes() {
        return entry.body().length;
      }
    }

    /**
     * Cleans a run of pages of the file, after the commit and after all who wait for it are told.
     *
     * @param step completed with how far that came
     */
    record Clean(CompletableFuture<PageCleaning.Step> step) implements Erase {
      /** Its turn among the connections; there need not be one of this name. */
      private static final ConnectionId TURN = new ConnectionId("erasure");

      @Override
      public ConnectionId connection() {
        return TURN;
      }

      @Override
      public long bytes() {
        return 0;
      }
    }

    /** Removes records that no entry names any more. */
    record Forget(ConnectionId connection, List<ErasedRecord> records) implements Erase {
      private static final int BYTES_PER_RECORD = 100_000;

      @Override
      public long bytes() {
        return (long) BYTES_PER_RECORD * records.size();
      }
    }
  }

  /** A step of retention: behind live work, in a turn of its own. */
  sealed interface Retain extends Work {
    /** Its turn among the connections; there need not be one of this name. */
    ConnectionId TURN = new ConnectionId("retention");

    @Override
    default ConnectionId connection() {
      return TURN;
    }

    /**
     * Lets the snapshot take the place of bodies; 0 where what it was made of may have changed.
     *
     * @param retained at least one entry
     */
    record Fold(Retained retained) implements Retain {
      private static final int BYTES_PER_ENTRY = 200;

      @Override
      public long bytes() {
        long records = retained.records().stream().mapToLong(one -> one.packed().bytes()).sum();
        return records + (long) BYTES_PER_ENTRY * retained.emptied().size();
      }
    }

    /** Notes how long bodies are. */
    record Count(CountedBodies counted) implements Retain {
      @Override
      public long bytes() {
        return 0;
      }
    }
  }

  /** Forgets what was told by names that lead to nobody, unless they do by now. */
  record GiveUp(ConnectionId connection, List<RecordRef> names) implements Work {
    private static final int BYTES_PER_NAME = 2_000;

    @Override
    public long bytes() {
      return (long) BYTES_PER_NAME * names.size();
    }
  }

  /** Notes which properties the CRM refuses to be written, all of them. */
  record Refuse(ConnectionId connection, SortedMap<String, RefusedField> fields) implements Work {
    private static final int BYTES_PER_FIELD = 500;

    public Refuse {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    @Override
    public long bytes() {
      return (long) BYTES_PER_FIELD * fields.size();
    }
  }

  /**
   * Lets contacts be written as if something had happened to them, and moves the cursor of the pass
   * that found them.
   */
  record Resume(ConnectionId connection, List<RecordRef> contacts, String cursor, String value)
      implements Work {
    private static final int BYTES_PER_CONTACT = 400;

    @Override
    public long bytes() {
      return (long) BYTES_PER_CONTACT * contacts.size();
    }
  }

  /** Notes how far an intent has come. */
  record Step(Intent intent) implements Work {
    private static final int BYTES = 500;

    @Override
    public ConnectionId connection() {
      return intent.contact().connection();
    }

    @Override
    public long bytes() {
      return BYTES;
    }
  }

  /**
   * Brings a version of a connection into force, from the next transaction on.
   *
   * @param scope the version
   * @param manifests what is to be noted in the journal
   * @param changeover how far the change of configuration has come with it
   */
  record Switch(ConnectionScope scope, List<Activation> manifests, Changeover changeover)
      implements Work {
    @Override
    public ConnectionId connection() {
      return scope.id();
    }

    @Override
    public long bytes() {
      return manifests.stream().mapToLong(manifest -> manifest.text().length()).sum();
    }
  }

  /**
   * Keeps a delivery that no connection takes, quarantined.
   *
   * @param connection in whose turn
   * @param delivery of the connection that it is kept for, which is not served
   * @param reason why it is not taken
   */
  record Keep(ConnectionId connection, Delivery delivery, String reason) implements Work {
    private static final long OVERHEAD = 512;

    @Override
    public long bytes() {
      return delivery.body().length + OVERHEAD;
    }
  }

  /**
   * Notes how much there was in hours, and forgets hours that are long gone.
   *
   * @param connection in whose turn
   * @param counts how much
   * @param before the first hour that is kept
   */
  record Learn(ConnectionId connection, List<HourlyCount> counts, long before) implements Work {
    private static final long BYTES_PER_COUNT = 50;

    public Learn {
      counts = List.copyOf(counts);
    }

    @Override
    public long bytes() {
      return BYTES_PER_COUNT * counts.size();
    }
  }

  /** Keeps that a portal has let an app in, or has shut it out, with its newest token. */
  record NoteInstall(AppInstall install) implements Work {
    private static final long BYTES = 2_048;

    @Override
    public ConnectionId connection() {
      return install.connection();
    }

    @Override
    public long bytes() {
      return BYTES;
    }
  }

  /**
   * Deletes some of what is kept of an install's connection, which is not served any more; when
   * nothing is left, the install itself.
   *
   * @param most how many records or deliveries at most
   * @param from the number from which other entries are looked for
   */
  record Forget(AppInstall install, int most, long from) implements Work {
    private static final int BYTES_PER_RECORD = 1_000;

    @Override
    public ConnectionId connection() {
      return install.connection();
    }

    @Override
    public long bytes() {
      return (long) BYTES_PER_RECORD * most;
    }
  }
}
