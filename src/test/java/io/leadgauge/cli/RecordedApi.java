package io.leadgauge.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands before a CRM's API, notes each call in its order, and lets some wait. Thread-safe. */
final class RecordedApi implements AutoCloseable {
  private static final Set<String> OWN = Set.of("connection", "content-length", "host", "upgrade");

  private final URI behind;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private String held = "";

  RecordedApi(URI behind) {
    this.behind = behind;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on calls whose path ends so wait; none for an empty one. */
  synchronized void hold(String ending) {
    held = ending;
    notifyAll();
  }

  private synchronized void await(String path) throws InterruptedException {
    while (!held.isEmpty() && path.endsWith(held)) {
      wait();
    }
  }

  /** Returns the calls so far, as {@code POST /path}. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      byte[] body = exchange.getRequestBody().readAllBytes();
      await(asked.getPath());
      calls.add(exchange.getRequestMethod() + " " + asked.getPath());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(behind.resolve(asked.toString()))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      byte[] back = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), back.length == 0 ? -1 : back.length);
      exchange.getResponseBody().write(back);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    hold("");
    server.stop(0);
    client.close();
  }
}
