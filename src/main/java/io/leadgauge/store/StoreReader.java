package io.leadgauge.store;

import static java.util.Objects.requireNonNull;

import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the store while it is written to; sees whole commits only. Thread-safe: calls wait for
 * each other.
 */
public final class StoreReader implements AutoCloseable {
  private final RecordRows rows;
  private final Queries queries;
  private final Unwritten unwritten;
  private final WaitingNames waiting;
  private final JournalReader journal;
  private final SnapshotReader snapshot;
  private final Path folder;
  private @Nullable TombstoneKey key;
  private final KeptDeliveries keptDeliveries;

  StoreReader(SqliteFile file) {
    folder = requireNonNull(file.path().toAbsolutePath().getParent());
    try {
      Connection connection = file.openReader();
      rows = new RecordRows(connection, new FactRows(connection));
      queries = new Queries(connection);
      unwritten = new Unwritten(queries);
      waiting = new WaitingNames(queries);
      journal = new JournalReader(queries);
      snapshot = new SnapshotReader(queries);
      keptDeliveries = new KeptDeliveries(queries);
    } catch (SQLException e) {
      throw new StoreException("cannot open the store " + file.path(), e);
    }
  }

  /** Returns all that is kept of a record. */
  public Optional<RecordState> load(RecordRef ref) {
    return queries.asking("a record", () -> rows.load(ref));
  }

  /**
   * Returns records of a connection for which work is due, longest due first.
   *
   * @param until due at this instant or before
   */
  public List<DueRecord> due(ConnectionId connectionId, DueWork work, long until, int limit) {
    String sql =
        "SELECT type, object_id, %1$s FROM record WHERE connection = ? AND %1$s <= ?"
                .formatted(work.column())
            + " ORDER BY %s LIMIT ?".formatted(work.column());
    return list(
        sql,
        statement -> {
          statement.setString(1, connectionId.name());
          statement.setLong(2, until);
          statement.setInt(3, limit);
        },
        row ->
            new DueRecord(
                new RecordRef(connectionId, row.getString(1), row.getString(2)), row.getLong(3)));
  }

  /** Returns the earliest instant after {@code after} at which work of this kind is due. */
  public Optional<Long> nextDue(ConnectionId connectionId, DueWork work, long after) {
    String sql =
        "SELECT min(%1$s) FROM record WHERE connection = ? AND %1$s > ?".formatted(work.column());
    return list(
            sql,
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setLong(2, after);
            },
            row -> Optional.ofNullable((Number) row.getObject(1)).map(Number::longValue))
        .getFirst();
  }

  /** Returns how many records of a connection have work of this kind due at an instant. */
  public long countDue(ConnectionId connectionId, DueWork work, long until) {
    return countDue(connectionId, work, until, Long.MAX_VALUE);
  }

  /** Returns the same, but no more than {@code most}. */
  public long countDue(ConnectionId connectionId, DueWork work, long until, long most) {
    return list(
            "SELECT count(*) FROM (SELECT 1 FROM record WHERE connection = ? AND %s <= ? LIMIT ?)"
                .formatted(work.column()),
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setLong(2, until);
              statement.setLong(3, most);
            },
            row -> row.getLong(1))
        .getFirst();
  }

  /**
   * Returns contacts of a connection in the order of the store, a page at a time.
   *
   * @param after the number in the store of the last contact of the page before; 0 for the first
   */
  public List<StoredContact> contacts(ConnectionId connectionId, long after, int limit) {
    // The plus keeps the planner to the order of the rows, so that a page costs a page.
    return list(
        """
        SELECT id, type, object_id FROM record
        WHERE +connection = ? AND +type IN ('contact', 'lead') AND id > ? ORDER BY id LIMIT ?\
        """,
        statement -> {
          statement.setString(1, connectionId.name());
          statement.setLong(2, after);
          statement.setInt(3, limit);
        },
        row ->
            new StoredContact(
                row.getLong(1), new RecordRef(connectionId, row.getString(2), row.getString(3))));
  }

  /**
   * Returns contacts with a link to a record, held or not, in the order of the store, a page at a
   * time.
   *
   * @param to where the links lead
   * @param after the number in the store of the last contact of the page before; 0 for the first
   */
  public List<StoredContact> linkedContacts(RecordRef to, long after, int limit) {
    // Each kind is in order in the index, and is read no further than a page; so a page costs one.
    String linked =
        """
        SELECT * FROM (
          SELECT DISTINCT l.record FROM link_fact l CROSS JOIN record r ON r.id = l.record
          WHERE l.to_type = ?1 AND l.to_id = ?2 AND l.kind = '%s' AND l.record > ?3
            AND +r.connection = ?4 AND +r.type IN ('contact', 'lead')
          ORDER BY l.record LIMIT ?5)\
        """;
    return list(
        "SELECT id, type, object_id FROM record WHERE id IN ("
            + linked.formatted("WORKS_AT")
            + " UNION "
            + linked.formatted("ASSOCIATED_WITH")
            + ") ORDER BY id LIMIT ?5",
        statement -> {
          statement.setString(1, to.type());
          statement.setString(2, to.id());
          statement.setLong(3, after);
          statement.setString(4, to.connection().name());
          statement.setInt(5, limit);
        },
        row ->
            new StoredContact(
                row.getLong(1),
                new RecordRef(to.connection(), row.getString(2), row.getString(3))));
  }

  /** Returns how many contacts have a link to a record, held or not; no more than {@code most}. */
  public long countLinked(RecordRef to, long most) {
    return list(
            """
            SELECT count(*) FROM (
              SELECT DISTINCT r.id FROM link_fact l JOIN record r ON r.id = l.record
              WHERE l.to_type = ? AND l.to_id = ? AND l.kind IN ('WORKS_AT', 'ASSOCIATED_WITH')
                AND r.connection = ? AND r.type IN ('contact', 'lead')
              LIMIT ?)\
            """,
            statement -> {
              statement.setString(1, to.type());
              statement.setString(2, to.id());
              statement.setString(3, to.connection().name());
              statement.setLong(4, most);
            },
            row -> row.getLong(1))
        .getFirst();
  }

  /** Returns persons that have, or once had, an e-mail address; at most a hundred. */
  public List<RecordRef> contactsWithAddress(RecordRef address) {
    return queries.asking("an e-mail address", () -> rows.contactsWithAddress(address));
  }

  /** Returns how many contacts of a connection the store knows, gone ones included. */
  public long countContacts(ConnectionId connectionId) {
    return countContacts(connectionId, Long.MAX_VALUE);
  }

  /** Returns the same, but no more than {@code most}. */
  public long countContacts(ConnectionId connectionId, long most) {
    return list(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM record WHERE connection = ? AND type IN ('contact', 'lead') LIMIT ?)\
            """,
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setLong(2, most);
            },
            row -> row.getLong(1))
        .getFirst();
  }

  /**
   * Returns the decisions on a contact that stood after an entry, of the models that have decided
   * otherwise since; {@link Decision#NONE} where there was none yet.
   *
   * @param contact the contact and its number in the store
   * @param sequence the entry
   */
  public List<Decided> decisionsAsOf(StoredContact contact, long sequence) {
    List<String> since =
        list(
            DECISIONS.formatted("DISTINCT head ->> 'model'", ">"),
            statement -> {
              statement.setLong(1, contact.rowId());
              statement.setLong(2, sequence);
            },
            row -> row.getString(1));
    return since.stream().map(model -> decisionAsOf(contact, model, sequence)).toList();
  }

  /**
   * Returns the hashes of the models that have decided on a contact since an entry, by the model's
   * name; may be changed.
   */
  public Map<String, Set<String>> decidersSince(StoredContact contact, long sequence) {
    Map<String, Set<String>> deciders = new HashMap<>();
    list(
            DECISIONS.formatted("DISTINCT head ->> 'model', head ->> 'modelHash'", ">"),
            statement -> {
              statement.setLong(1, contact.rowId());
              statement.setLong(2, sequence);
            },
            row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            one ->
                deciders
                    .computeIfAbsent(one.getKey(), name -> new HashSet<>())
                    .add(one.getValue()));
    return deciders;
  }

  /** Tells whether an entry after {@code sequence} names a contact. */
  public boolean isNamedSince(StoredContact contact, long sequence) {
    return list(
            "SELECT EXISTS (SELECT 1 FROM entry_record WHERE record = ? AND seq > ?)",
            statement -> {
              statement.setLong(1, contact.rowId());
              statement.setLong(2, sequence);
            },
            row -> row.getBoolean(1))
        .getFirst();
  }

  private static final String DECISIONS =
      """
      SELECT %s FROM entry_record JOIN journal USING (seq)
      WHERE record = ? AND seq %s ? AND kind = 'decision'\
      """;

  private Decided decisionAsOf(StoredContact contact, String model, long sequence) {
    return list(
            DECISIONS.formatted("received_at, head, body", "<=")
                + " AND head ->> 'model' = ? ORDER BY seq DESC LIMIT 1",
            statement -> {
              statement.setLong(1, contact.rowId());
              statement.setLong(2, sequence);
              statement.setString(3, model);
            },
            row ->
                JsonText.decided(
                    contact.ref().connection(),
                    row.getLong(1),
                    row.getString(2),
                    new String(row.getBytes(3), StandardCharsets.UTF_8)))
        .stream()
        .findFirst()
        .orElse(
            new Decided(
                0, contact.ref(), model, "", 0, Decided.Basis.TAKEN_BACK, 0, Decision.NONE));
  }

  /** Returns what is known of the entries of somebody's life; it ends with this reader. */
  public LifeReader lives() {
    return new LifeReader(queries);
  }

  /** Returns a look at the names by which something was told and that lead to nobody yet. */
  public WaitingNames waiting() {
    return waiting;
  }

  /**
   * Returns the hash by which the journal knows a name that was given up, as {@link
   * StoreWriter#keyed}.
   *
   * @throws StoreException if the key of the store is not there
   */
  public String keyed(RecordRef ref) {
    return key().hash(ref).digits();
  }

  /**
   * Tells whether a record was erased, or is about to be.
   *
   * @throws StoreException if the key of the store is not there
   */
  public boolean isErased(RecordRef ref) {
    return isAnybodyErased() && key().hashes(ref).stream().anyMatch(this::isTombstone);
  }

  private boolean isTombstone(TombstoneKey.Hash hash) {
    return !list(
            "SELECT 1 FROM tombstone WHERE hash = ?",
            statement -> statement.setBytes(1, hash.bytes()),
            row -> true)
        .isEmpty();
  }

  /** Read only where somebody asks: most who read the store do not need it. */
  private TombstoneKey key() {
    return queries.asking(
        "the key of the store",
        () -> {
          if (key == null) {
            key = TombstoneKey.read(folder);
          }
          return key;
        });
  }

  private boolean isAnybodyErased() {
    return !list("SELECT 1 FROM tombstone LIMIT 1", statement -> {}, row -> true).isEmpty();
  }

  /** Returns how many records are about to be erased and still there. */
  public long countBeingErased() {
    return list(
            "SELECT count(*) FROM tombstone WHERE record IS NOT NULL",
            statement -> {},
            row -> row.getLong(1))
        .getFirst();
  }

  /**
   * Returns records in the order of the store, a page at a time.
   *
   * @param after the number in the store of the last record of the page before; 0 for the first
   */
  public List<RecordState> records(long after, int limit) {
    List<RecordRef> refs =
        list(
            "SELECT connection, type, object_id FROM record WHERE id > ? ORDER BY id LIMIT ?",
            statement -> {
              statement.setLong(1, after);
              statement.setInt(2, limit);
            },
            row ->
                new RecordRef(
                    new ConnectionId(row.getString(1)), row.getString(2), row.getString(3)));
    List<RecordState> states = new ArrayList<>();
    refs.forEach(ref -> load(ref).ifPresent(states::add));
    return states;
  }

  /**
   * Asks several questions of the store as it is at one instant, whatever is written meanwhile. As
   * long as that takes, the write-ahead log cannot start over, so it must not take long.
   */
  public <T> T atOneInstant(Supplier<T> questions) {
    return queries.atOneInstant(questions);
  }

  /** Returns what reads the snapshot; it shares this reader, and ends with it. */
  public SnapshotReader snapshot() {
    return snapshot;
  }

  /** Returns what reads the journal back; it shares this reader, and ends with it. */
  public JournalReader journal() {
    return journal;
  }

  /** Returns what finds deliveries; it shares this reader, and ends with it. */
  public KeptDeliveries keptDeliveries() {
    return keptDeliveries;
  }

  /** Returns what keeps results from being written; it shares this reader, and ends with it. */
  public Unwritten unwritten() {
    return unwritten;
  }

  /** Returns a cursor, if it was ever moved. */
  public Optional<String> cursor(ConnectionId connectionId, String name) {
    return list(
            "SELECT value FROM cursor WHERE connection = ? AND name = ?",
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setString(2, name);
            },
            row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /** Returns all cursors of a connection whose names begin like this, by name. */
  public SortedMap<String, String> cursors(ConnectionId connectionId, String prefix) {
    return cursors(connectionId, prefix, prefix, "", Integer.MAX_VALUE);
  }

  /**
   * Returns cursors of a connection whose names begin like this, by name, a page at a time.
   *
   * @param after the name of the last one of the page before; the prefix for the first
   * @param holding whose values hold this; empty for all
   */
  public SortedMap<String, String> cursors(
      ConnectionId connectionId, String prefix, String after, String holding, int limit) {
    SortedMap<String, String> cursors = new TreeMap<>();
    list(
            """
            SELECT name, value FROM cursor
            WHERE connection = ? AND name > ? AND name < ? AND instr(value, ?) ORDER BY name LIMIT ?\
            """,
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setString(2, after);
              statement.setString(3, prefix + Character.toString(Character.MAX_CODE_POINT));
              statement.setString(4, holding);
              statement.setInt(5, limit);
            },
            row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(one -> cursors.put(one.getKey(), one.getValue()));
    return cursors;
  }

  /**
   * Returns how much there was of everything that is watched, by measure and hour.
   *
   * @param connection whose; empty for the installation's
   */
  public SortedMap<String, NavigableMap<Long, Long>> hours(String connection) {
    SortedMap<String, NavigableMap<Long, Long>> hours = new TreeMap<>();
    list(
            "SELECT measure, hour, count FROM hourly WHERE connection = ?",
            statement -> statement.setString(1, connection),
            row ->
                new HourlyCount(
                    connection, row.getString(1), row.getLong(2), row.getLong(3), false))
        .forEach(
            one ->
                hours
                    .computeIfAbsent(one.measure(), measure -> new TreeMap<>())
                    .put(one.hour(), one.count()));
    return hours;
  }

  /** Returns the properties of which the CRM has sent events. */
  public Set<String> seenProperties(ConnectionId connectionId) {
    return new HashSet<>(
        list(
            "SELECT property FROM property_seen WHERE connection = ?",
            statement -> statement.setString(1, connectionId.name()),
            row -> row.getString(1)));
  }

  /** Returns which portals have let which apps in, those that have shut them out since included. */
  public List<AppInstall> installs() {
    return list(InstallRows.ALL, statement -> {}, InstallRows::read);
  }

  /** Returns how many deliveries of a connection wait for a fix. */
  public long countQuarantined(ConnectionId connectionId) {
    return list(
            "SELECT count(*) FROM journal WHERE outcome = 'quarantined' AND connection = ?",
            statement -> statement.setString(1, connectionId.name()),
            row -> row.getLong(1))
        .getFirst();
  }

  /** Returns what became of the writes of a connection's contacts; looks at all of them. */
  public Writes writes(ConnectionId connectionId) {
    return list(
            """
            SELECT coalesce(max(written_at), 0), count(problem),
              (SELECT problem FROM record WHERE connection = ?1 AND problem IS NOT NULL
               ORDER BY changed_at DESC LIMIT 1)
            FROM record WHERE connection = ?1 AND type IN ('contact', 'lead')\
            """,
            statement -> statement.setString(1, connectionId.name()),
            row -> new Writes(row.getLong(1), row.getLong(2), row.getString(3)))
        .getFirst();
  }

  /**
   * What became of the writes of a connection's contacts.
   *
   * @param lastAt when the CRM last confirmed one, by our clock; 0 for never
   * @param troubled how many contacts could not be read or written when that was tried last
   * @param trouble why, of the one that changed last; null if there is none
   */
  public record Writes(long lastAt, long troubled, @Nullable String trouble) {}

  /** Returns how many entries, records, and quarantined deliveries the store holds. */
  public Counts counts() {
    return list(
            """
            SELECT (SELECT coalesce(max(seq), 0) FROM journal), (SELECT count(*) FROM record),
              (SELECT count(*) FROM journal WHERE outcome = 'quarantined')\
            """,
            statement -> {},
            row -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
        .getFirst();
  }

  /**
   * How much the store holds.
   *
   * @param lastSequence the number of the last entry
   * @param records how many records
   * @param quarantined how many deliveries wait for a fix
   */
  public record Counts(long lastSequence, long records, long quarantined) {}

  private <T> List<T> list(String sql, Queries.Parameters parameters, Queries.Row<T> row) {
    return queries.list(sql, parameters, row);
  }

  @Override
  public void close() {
    queries.close();
  }
}
