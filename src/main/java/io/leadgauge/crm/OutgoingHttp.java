package io.leadgauge.crm;

import java.net.http.HttpClient;

/**
 * How a call to an address that somebody configured begins, where it is not one of a CRM's API: it
 * goes to that address and nowhere else. Redirects are not followed, since what the call carries
 * would go along, and no proxy stands between that a property of the JVM names.
 */
public final class OutgoingHttp {
  private OutgoingHttp() {}

  /** Returns the beginnings of a client of HTTP/1.1; how long it waits is its user's matter. */
  public static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY);
  }
}
