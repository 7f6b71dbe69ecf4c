package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is given. */
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int PACE_MILLIS = 50;
  private static final int MOST_TRICKLES = 100;

  private final Socket socket;
  private final InputStream in;

  RawSocket(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  RawSocket(InetAddress address, int port) throws IOException {
    socket = new Socket(address, port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /**
   * A response.
   *
   * @param headers by lower-case name
   */
  record Response(int status, Map<String, String> headers, String body) {}

  RawSocket send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawSocket send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Response receive() throws IOException {
    String statusLine = line();
    if (!statusLine.matches("HTTP/\\d\\.\\d \\d{3} .*")) {
      throw new IOException("not a response: '" + statusLine + "'");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), UTF_8);
    return new Response(Integer.parseInt(statusLine.substring(9, 12)), headers, body);
  }

  /** Tells whether something has come. */
  boolean hasAnswer() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells whether the server closes the socket without another byte. */
  boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true; // A reset is a way to close.
    }
  }

  /**
   * Sends a byte every 50 ms, so that the socket is never silent; tells whether the server closes
   * it within five seconds all the same.
   */
  boolean isClosedWhileTrickling() throws IOException {
    socket.setSoTimeout(PACE_MILLIS);
    boolean closed = false;
    for (int count = 0; count < MOST_TRICKLES && !closed; count++) {
      closed = isClosedAfterOneMore();
    }
    return closed;
  }

  private boolean isClosedAfterOneMore() throws IOException {
    try {
      send("x");
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false; // Nothing came, and the pace was kept.
    } catch (SocketException e) {
      return true;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed within a line: '" + line.toString(ISO_8859_1) + "'");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** Goes away in the middle of things. */
  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
