package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leadgauge.model.Delivery.Header;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kept connection to a public port, over which requests go one after another. Nothing is tried
 * again behind the caller's back: what was not answered fails. For one thread.
 */
public final class Line implements AutoCloseable {
  private static final int CONNECTED_WITHIN_MILLIS = 5_000;
  private static final int ANSWERED_WITHIN_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  private Line(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * What was answered.
   *
   * @param status the status
   * @param headers the headers by their names in lower case
   * @param body the body
   */
  public record Reply(int status, Map<String, String> headers, String body) {
    /** Tells whether the delivery was acknowledged. */
    public boolean isKept() {
      return status / 100 == 2;
    }
  }

  /** Opens a connection to this machine. */
  public static Line to(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWERED_WITHIN_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTED_WITHIN_MILLIS);
      return new Line(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Posts a body and waits for the answer.
   *
   * @throws IOException if the connection ended before a whole answer had come, or none came
   */
  public Reply post(String path, List<Header> headers, byte[] body) throws IOException {
    send(request(path, headers, body));
    return receive();
  }

  /** Returns a request as it goes over the line. */
  static byte[] request(String path, List<Header> headers, byte[] body) {
    StringBuilder head = new StringBuilder(512);
    head.append("POST ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    headers.forEach(
        header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length + 2);
    request.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** Sends a whole request, or any part of one. */
  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Waits for an answer. */
  Reply receive() throws IOException {
    String status = readLine();
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the connection ended within an answer");
    }
    return new Reply(
        Integer.parseInt(status.split(" ", 3)[1]), headers, new String(body, ISO_8859_1));
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended before the answer");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
