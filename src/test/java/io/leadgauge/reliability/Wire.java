package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A connection over which bytes go that no client would send; what comes back is told as it is, the
 * end of the connection as well. For one thread.
 */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  private Wire(String host, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {
    boolean isKept() {
      return status / 100 == 2;
    }
  }

  static Wire to(int port) throws IOException {
    return new Wire("127.0.0.1", port);
  }

  static Wire to(String host, int port) throws IOException {
    return new Wire(host, port);
  }

  /** Returns a request of these lines and this body. */
  static byte[] request(List<String> lines, byte[] body) {
    byte[] head = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + body.length);
    all.writeBytes(head);
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** Sends bytes; those that a closed connection does not take any more are lost. */
  Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // What the server has said before it closed can still be read.
    }
    return this;
  }

  Wire send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  /** Says that nothing more will come. */
  Wire finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Returns the next answer; empty if the connection ends without one. */
  Optional<Answer> answer() throws IOException {
    Optional<String> status = line();
    if (status.isEmpty() || status.get().isEmpty()) {
      return Optional.empty();
    }
    if (!status.get().matches("HTTP/[0-9.]+ [0-9]{3} .*")) {
      throw new IOException("no answer of HTTP: '" + status.get() + "'");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line().orElse(""); !line.isEmpty(); line = line().orElse("")) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), ISO_8859_1);
    return Optional.of(new Answer(Integer.parseInt(status.get().split(" ", 3)[1]), headers, body));
  }

  /** Returns all answers until the connection ends. */
  List<Answer> answers() throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (Optional<Answer> one = answer(); one.isPresent(); one = answer()) {
      answers.add(one.get());
    }
    return answers;
  }

  /** Returns a line without its end; empty at the end of the connection. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(ISO_8859_1));
        }
        if (next != '\r') {
          line.write(next);
        }
      }
    } catch (SocketException e) {
      return Optional.empty(); // A reset is a way to close.
    }
    return Optional.of(line.toString(ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
