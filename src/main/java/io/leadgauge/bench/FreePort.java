package io.leadgauge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that are told where to listen. They are below those that systems give to
 * whoever asks for any port (from 32768 on Linux, from 49152 elsewhere), which somebody else could
 * be given before the program has started. Thread-safe.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int MANY = 12_000;

  /** Two processes begin far from each other. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % MANY));

  private FreePort() {}

  /**
   * Returns a port of this machine on which nobody listens, and another one each time.
   *
   * @throws IOException if there is none
   */
  public static int next() throws IOException {
    for (int time = 0; time < MANY; time++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), MANY);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port from " + FIRST + " to " + (FIRST + MANY - 1) + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
