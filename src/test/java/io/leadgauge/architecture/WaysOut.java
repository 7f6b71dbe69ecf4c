package io.leadgauge.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;

/** Every way in which a program makes a connection to somewhere else. */
final class WaysOut extends DescribedPredicate<JavaAccess<?>> {
  private static final Members MAKERS =
      new Members(
          Map.ofEntries(
              entry("java.net.http.HttpClient", Set.of("newBuilder", "newHttpClient")),
              entry("java.net.URL", Set.of("openConnection", "openStream", "getContent")),
              entry("java.net.Socket", Set.of("<init>")),
              entry("java.nio.channels.SocketChannel", Set.of("open")),
              entry("java.nio.channels.AsynchronousSocketChannel", Set.of("open")),
              entry("javax.net.SocketFactory", Set.of("createSocket")),
              entry("javax.net.ssl.SSLSocketFactory", Set.of("createSocket")),
              entry("io.vertx.ext.web.client.WebClient", Set.of("create", "wrap")),
              entry(
                  "io.vertx.core.Vertx",
                  Set.of(
                      "createHttpClient",
                      "createNetClient",
                      "createWebSocketClient",
                      "createDatagramSocket",
                      "httpClientBuilder"))));

  WaysOut() {
    super("a client for calls to somewhere else");
  }

  @Override
  public boolean test(JavaAccess<?> use) {
    return MAKERS.include(use);
  }
}
