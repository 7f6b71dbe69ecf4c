package io.leadgauge.reliability;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Deliveries over several lines at once, each of an event of a contact of its own, whose number
 * says what it told; some of these contacts are erased later.
 */
final class DiskLoad {
  static final String[] CONNECTIONS = {"acme", "beta", "gamma"};

  /** The event that erases contact n has the number n and this. */
  static final long ERASURE = 1_000_000_000L;

  /** An event of one of a few contacts that many events tell of. */
  private static final long SHARED = 2_000_000_000L;

  private static final int ERASED_ONE_OF = 40;
  private static final int LINES = 4;
  private static final int SHOWN = 10;

  private final House house;
  private final int port;
  private final List<Long> shared;
  private final AtomicLong next;
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final Set<Long> kept = ConcurrentHashMap.newKeySet();

  DiskLoad(House house, int port, long first) {
    this(house, port, first, List.of());
  }

  /**
   * Makes a load.
   *
   * @param first the number of its first delivery
   * @param shared contacts of the first connection that many events tell of
   */
  DiskLoad(House house, int port, long first, List<Long> shared) {
    this.house = house;
    this.port = port;
    this.shared = List.copyOf(shared);
    this.next = new AtomicLong(first);
  }

  /** Writes manifests of all connections, whose CRMs are away. */
  static House house(Path folder) {
    return House.in(folder, AWAY, "full", CONNECTIONS);
  }

  /** Writes the same with a CRM for the first, in which contacts are handed over. */
  static House house(Path folder, LivePortal portal) {
    House house = house(folder);
    Path first = house.manifests().resolve("connections").resolve(CONNECTIONS[0] + ".yaml");
    replace(first, AWAY, portal.api().toString());
    Path model = house.manifests().resolve("models/leads/model.yaml");
    replace(model, "leave: total < 30 }", "leave: total < 30, " + HAND_OFF + " }");
    replace(model, "total >= 40", "total >= 14");
    replace(model, "total < 30", "total < 10");
    return house;
  }

  private static final String AWAY = "http://127.0.0.1:1";
  private static final String HAND_OFF = "handOff: { task: Call, owner: \"60158084\" }";

  private static void replace(Path file, String from, String to) {
    try {
      String before = Files.readString(file);
      String after = before.replace(from, to);
      if (after.equals(before)) {
        throw new AssertionError("no " + from + " in " + file);
      }
      Files.writeString(file, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An answer that was no 2xx.
   *
   * @param retryAfter the header; empty without one
   * @param nanos how long it took
   */
  record Refusal(int status, String retryAfter, long nanos) {
    boolean saysWhenToTryAgain() {
      return status == 503 && !retryAfter.isEmpty() && Integer.parseInt(retryAfter) >= 1;
    }
  }

  static RecordRef contact(long number) {
    return RecordRef.contact(connection(number), Long.toString(number));
  }

  private static ConnectionId connection(long number) {
    return new ConnectionId(CONNECTIONS[(int) (number % CONNECTIONS.length)]);
  }

  static long visits(long number) {
    return number % SHOWN;
  }

  /** Tells whether an event of this number tells of a contact that stays. */
  static boolean stays(long number) {
    return number < ERASURE && number % ERASED_ONE_OF != 0;
  }

  static boolean isErasure(long number) {
    return number >= ERASURE && number < SHARED;
  }

  /** Sends so many deliveries and waits for all answers; returns those that were no 2xx. */
  List<Refusal> send(int deliveries) {
    try (ExecutorService lines = Executors.newFixedThreadPool(LINES)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < LINES; i++) {
        all.add(lines.submit(() -> sendOver(deliveries / LINES)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a line broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    List<Refusal> all = List.copyOf(refusals);
    refusals.clear();
    return all;
  }

  private Object sendOver(int deliveries) throws IOException {
    try (Line line = Line.to(port)) {
      for (int i = 0; i < deliveries; i++) {
        long number = next.getAndIncrement();
        boolean isKept = post(line, number, told(number)).isKept();
        if (isKept && stays(number)) {
          kept.add(number);
        }
        if (isKept && number % ERASED_ONE_OF == 0) {
          post(line, number, List.of(erasure(number)));
        }
      }
    }
    return this;
  }

  private Line.Reply post(Line line, long number, List<String> events) throws IOException {
    String name = connection(number).name();
    byte[] body = House.body(events);
    long began = System.nanoTime();
    Line.Reply reply = line.post(House.path(name), house.signed(name, body), body);
    if (!reply.isKept()) {
      String retryAfter = reply.headers().getOrDefault("retry-after", "");
      refusals.add(new Refusal(reply.status(), retryAfter, System.nanoTime() - began));
    }
    return reply;
  }

  /** Returns how many deliveries were acknowledged, of those whose contacts stay. */
  int kept() {
    return kept.size();
  }

  /** Returns the acknowledged deliveries that a store does not hold. */
  Set<Long> lost(Path data) {
    try (Connection database =
        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("leadgauge.db"))) {
      Set<Long> lost = new TreeSet<>(kept);
      lost.removeAll(found(database));
      return lost;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the contacts of which a store holds what was told. */
  static Set<Long> found(Connection database) throws SQLException {
    Set<Long> found = new HashSet<>();
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT r.object_id, p.value FROM record r JOIN property_fact p ON p.record = r.id"
                    + " WHERE p.property = 'visits'")) {
      while (row.next()) {
        long contact = Long.parseLong(row.getString(1));
        if (row.getString(2).equals(Long.toString(visits(contact)))) {
          found.add(contact);
        }
      }
    }
    return found;
  }

  private List<String> told(long number) {
    long now = System.currentTimeMillis();
    String portal = house.portal(connection(number).name());
    String visits = Long.toString(visits(number));
    List<String> events = new ArrayList<>();
    events.add(House.change(portal, number, number, "visits", visits, now));
    if (number % CONNECTIONS.length == 0 && !shared.isEmpty()) {
      long contact = shared.get((int) (number % shared.size()));
      events.add(House.change(portal, SHARED + number, contact, "visits", visits, now));
    }
    return events;
  }

  private String erasure(long number) {
    String portal = house.portal(connection(number).name());
    return House.change(portal, ERASURE + number, number, "", "", System.currentTimeMillis())
        .replace("contact.propertyChange", "contact.privacyDeletion")
        .replace("\"propertyName\":\"\",\"propertyValue\":\"\",", "");
  }
}
