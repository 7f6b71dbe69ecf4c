package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that hold on to a server without ever asking it anything, on one thread. Each gives away
 * a byte now and then, so that its socket is never silent for long.
 */
final class SlowClients implements AutoCloseable {
  private static final long BYTE_EVERY_MILLIS = 200;

  private final Selector selector;
  private final Thread thread;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private int deaf;
  private volatile boolean gone;

  /** What a client is slow at. */
  enum Habit {
    /** Connected and silent. */
    SILENT,
    /** Its headers never end. */
    HEAD,
    /** It announces the largest body and sends a byte at a time. */
    BODY,
    /** It asks a few times, reads no answer and keeps silent. */
    DEAF
  }

  /** One of them. */
  private static final class Client {
    private final Habit habit;
    private final ByteBuffer begin;
    private long nextAt;

    private Client(Habit habit, ByteBuffer begin) {
      this.habit = habit;
      this.begin = begin;
    }
  }

  /** Connects so many, each kind in turn, to the address of a connection. */
  SlowClients(int port, int many, String path) throws IOException {
    selector = Selector.open();
    List<Habit> habits = List.of(Habit.values());
    for (int count = 0; count < many; count++) {
      connect(port, habits.get(count % habits.size()), path);
    }
    thread = Thread.ofPlatform().name("slow-clients").start(this::run);
  }

  private void connect(int port, Habit habit, String path) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (habit == Habit.DEAF) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
    }
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    // A deaf one is not told of answers, and so not of the end of the socket either.
    int interest = habit == Habit.DEAF ? 0 : SelectionKey.OP_READ;
    channel.register(selector, interest, new Client(habit, ByteBuffer.wrap(begin(habit, path))));
    open.incrementAndGet();
    if (habit == Habit.DEAF) {
      deaf++;
    }
  }

  private static byte[] begin(Habit habit, String path) {
    String line = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    return (switch (habit) {
          case SILENT -> "";
          case HEAD -> line + "X-Slow: ";
          case BODY -> line + "Content-Type: application/json\r\nContent-Length: 4194304\r\n\r\n[";
          case DEAF -> (line + "Content-Length: 0\r\n\r\n").repeat(5);
        })
        .getBytes(ISO_8859_1);
  }

  private void run() {
    try {
      while (!gone) {
        selector.select(BYTE_EVERY_MILLIS / 4);
        long now = System.nanoTime() / 1_000_000;
        for (SelectionKey key : List.copyOf(selector.keys())) {
          if (key.isValid()) {
            step(key, now);
          }
        }
      }
      for (SelectionKey key : new ArrayList<>(selector.keys())) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(SelectionKey key, long now) throws IOException {
    Client client = (Client) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isReadable() && channel.read(ByteBuffer.allocate(1_024)) < 0) {
        hungUp(key);
      } else if (now >= client.nextAt) {
        client.nextAt = now + BYTE_EVERY_MILLIS;
        send(client, channel);
      }
    } catch (IOException e) {
      hungUp(key);
    }
  }

  private static void send(Client client, SocketChannel channel) throws IOException {
    if (client.begin.hasRemaining()) {
      channel.write(client.begin);
      return;
    }
    switch (client.habit) {
      case SILENT, DEAF -> {}
      case HEAD, BODY -> channel.write(ByteBuffer.wrap(new byte[] {'1'}));
    }
  }

  private void hungUp(SelectionKey key) throws IOException {
    key.cancel();
    key.channel().close();
    open.decrementAndGet();
    closed.incrementAndGet();
  }

  /** Returns how many of those who would notice are still connected. */
  int open() {
    return open.get() - deaf;
  }

  /** Returns how many of those who notice the server has turned out. */
  int closed() {
    return closed.get();
  }

  @Override
  public void close() {
    gone = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
