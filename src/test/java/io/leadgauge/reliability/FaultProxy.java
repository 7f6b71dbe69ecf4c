package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a serve and its CRM that breaks connections as networks do. It knows bytes and
 * not requests, but for where one begins. What it does can be changed while it runs, and holds for
 * connections that are open already; a connection that it broke once stays broken. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {
  private static final String HERE = "127.0.0.1";
  private static final int CHUNK = 16 << 10;
  private static final int BACKLOG = 128;
  private static final long LATENCY_MILLIS = 300;
  private static final long TRICKLE_MILLIS = 50;

  /** What a page of a captive portal, or of a proxy that means well, looks like. */
  private static final String HTML = "<html><body>Please sign in to the network</body></html>";

  private final InetSocketAddress crm;
  private final int port;
  private final long seed;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Manner manner = Manner.PASS;
  private volatile double share;
  private volatile @Nullable ServerSocket door;

  /** What becomes of what is sent. */
  enum Manner {
    /** It arrives. */
    PASS,
    /** Nobody listens: no connection is made, those that are there are reset. */
    REFUSE,
    /** The connection is reset when a request comes. */
    RESET,
    /** Requests and answers are swallowed, and the connection stays. */
    BLACKHOLE,
    /** Half a request arrives, then both sides are reset. */
    CUT_REQUEST,
    /** The request arrives, half of the answer comes back, then a reset. */
    CUT_ANSWER,
    /** The request arrives, half of the answer comes back, then no more, in good order. */
    HALF_CLOSE,
    /** Answers come a byte at a time. */
    TRICKLE,
    /** Both ways take {@value #LATENCY_MILLIS} ms more, a hundred times as long as they do. */
    SLOW,
    /** Somebody else answers 200 with a page. */
    HTML,
    /** The CRM's answer is 200, and its JSON ends in the middle. */
    HALF_JSON,
    /** Requests for tokens are reset, all others arrive. */
    NO_TOKENS
  }

  private static final Manner[] BREAKING = {
    Manner.RESET,
    Manner.BLACKHOLE,
    Manner.CUT_REQUEST,
    Manner.CUT_ANSWER,
    Manner.HALF_CLOSE,
    Manner.TRICKLE,
    Manner.SLOW,
    Manner.HTML,
    Manner.HALF_JSON
  };

  /** A connection of the client's and the one to the CRM that it leads to. */
  private static final class Pair {
    private final Socket client;
    private final Socket crm;
    private final Random random;

    Pair(Socket client, Socket crm, long seed) {
      this.client = client;
      this.crm = crm;
      this.random = new Random(seed);
    }

    synchronized Manner drawn(Manner always, double share) {
      return always == Manner.PASS && random.nextDouble() < share
          ? BREAKING[random.nextInt(BREAKING.length)]
          : always;
    }

    void reset() {
      reset(client);
      reset(crm);
    }

    private static void reset(Socket socket) {
      try (socket) {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already, which is all that was wanted.
      }
    }
  }

  private FaultProxy(InetSocketAddress crm, long seed) throws IOException {
    this.crm = crm;
    this.seed = seed;
    this.port = open(0);
  }

  /**
   * Puts one before a CRM; all passes.
   *
   * @param seed which requests are broken, and how, while it breaks some
   */
  static FaultProxy before(URI crm, long seed) {
    try {
      return new FaultProxy(new InetSocketAddress(crm.getHost(), crm.getPort()), seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns its address, to be used in place of the CRM's. */
  URI address() {
    return URI.create("http://" + HERE + ":" + port);
  }

  /** Treats all that comes from now on like this. */
  void be(Manner next) {
    share = 0;
    manner = next;
    if (next == Manner.REFUSE) {
      shut();
      pairs.forEach(Pair::reset);
    } else if (door == null) {
      reopen();
    }
  }

  /** Breaks this share of what is sent from now on, each time in another manner. */
  void breakSome(double some) {
    be(Manner.PASS);
    share = some;
  }

  /** Returns how many connections were made. */
  long connections() {
    return connections.get();
  }

  /** Returns how many requests were begun, whatever became of them. */
  long requests() {
    return requests.get();
  }

  private int open(int wanted) throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
    door = opened;
    Thread.ofVirtual().name("proxy").start(() -> accept(opened));
    return opened.getLocalPort();
  }

  private void reopen() {
    try {
      open(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shut() {
    ServerSocket open = door;
    door = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket client = open.accept();
        Socket onward = new Socket();
        Pair pair = new Pair(client, onward, seed + connections.incrementAndGet());
        pairs.add(pair);
        Thread.ofVirtual().name("proxied").start(() -> serve(pair));
      } catch (IOException e) {
        // The door was shut, or whoever knocked has gone.
      }
    }
  }

  private void serve(Pair pair) {
    try (pair.client;
        pair.crm) {
      pair.crm.connect(crm);
      pair.client.setTcpNoDelay(true);
      pair.crm.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().name("answers").start(() -> pump(pair, false));
      pump(pair, true);
      back.join();
    } catch (IOException e) {
      pair.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pairs.remove(pair);
    }
  }

  /** Carries what one side says to the other, until that one says no more. */
  private void pump(Pair pair, boolean asks) {
    Socket from = asks ? pair.client : pair.crm;
    Socket to = asks ? pair.crm : pair.client;
    byte[] chunk = new byte[CHUNK];
    try {
      for (int n = from.getInputStream().read(chunk);
          n >= 0;
          n = from.getInputStream().read(chunk)) {
        if (!carry(pair, asks, Arrays.copyOf(chunk, n), to)) {
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      pair.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Carries some bytes; false where the connection is done with. */
  private boolean carry(Pair pair, boolean asks, byte[] bytes, Socket to)
      throws IOException, InterruptedException {
    boolean begins = asks && begins(bytes);
    if (begins) {
      requests.incrementAndGet();
    }
    boolean forTokens = begins && new String(bytes, ISO_8859_1).startsWith("POST /oauth/");
    switch (pair.drawn(manner, asks ? share : share / 2)) {
      case PASS -> write(to, bytes, bytes.length);
      case NO_TOKENS -> {
        if (forTokens) {
          pair.reset();
          return false;
        }
        write(to, bytes, bytes.length);
      }
      // Somebody may have come in while the door was being shut.
      case RESET, REFUSE -> {
        pair.reset();
        return false;
      }
      case BLACKHOLE -> swallow(asks ? pair.client : pair.crm);
      case CUT_REQUEST -> {
        write(to, bytes, asks ? bytes.length / 2 : bytes.length);
        if (asks) {
          pair.reset();
        }
        return !asks;
      }
      case CUT_ANSWER -> {
        write(to, bytes, asks ? bytes.length : bytes.length / 2);
        if (!asks) {
          pair.reset();
        }
        return asks;
      }
      case HALF_CLOSE -> {
        write(to, bytes, asks ? bytes.length : bytes.length / 2);
        if (!asks) {
          to.shutdownOutput();
        }
        return asks;
      }
      case TRICKLE -> {
        if (asks) {
          write(to, bytes, bytes.length);
        } else {
          trickle(to, bytes);
        }
      }
      case SLOW -> {
        pause(LATENCY_MILLIS);
        write(to, bytes, bytes.length);
      }
      case HTML -> {
        return asks && !isAnswered(pair, begins, "text/html", HTML, HTML.length());
      }
      case HALF_JSON -> {
        String half = "{\"status\":\"COMPLETE\",\"results\":[{\"id\":\"1\",\"properties\":{\"em";
        return asks && !isAnswered(pair, begins, "application/json", half, half.length());
      }
    }
    return true;
  }

  private static boolean begins(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 8), ISO_8859_1);
    return start.matches("(?s)(GET|POST|PUT|PATCH|DELETE) .*");
  }

  private static void write(Socket to, byte[] bytes, int length) throws IOException {
    to.getOutputStream().write(bytes, 0, length);
  }

  /** Reads and forgets until the other side gives up. */
  private static void swallow(Socket from) throws IOException {
    from.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
  }

  private void trickle(Socket to, byte[] bytes) throws IOException, InterruptedException {
    for (byte one : bytes) {
      to.getOutputStream().write(one);
      pause(TRICKLE_MILLIS);
    }
  }

  /** Answers in the CRM's place, and ends the connection. */
  private static boolean isAnswered(Pair pair, boolean begins, String type, String body, int length)
      throws IOException {
    if (begins) {
      String answer =
          "HTTP/1.1 200 OK\r\nContent-Type: "
              + type
              + "\r\nConnection: close\r\nContent-Length: "
              + length
              + "\r\n\r\n"
              + body;
      pair.client.getOutputStream().write(answer.getBytes(ISO_8859_1));
      pair.client.shutdownOutput();
      swallow(pair.client);
      pair.reset();
    }
    return begins;
  }

  /** Waits, but not beyond the end of the proxy. */
  private void pause(long millis) throws InterruptedException, IOException {
    if (closed.await(millis, TimeUnit.MILLISECONDS)) {
      throw new IOException("the proxy ends");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    shut();
    pairs.forEach(Pair::reset);
  }
}
