package io.leadgauge.crm.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request, but for its token. It does not print what it carries.
 *
 * @param method what is to be done
 * @param address an address, or a path where the token says which host is called
 * @param headers by name; copied
 * @param body what is sent; null for nothing
 */
public record RestRequest(
    HttpMethod method, String address, Map<String, String> headers, @Nullable Buffer body) {
  public RestRequest {
    headers = Map.copyOf(headers);
  }

  /** Asks. */
  public static RestRequest get(String address) {
    return new RestRequest(HttpMethod.GET, address, Map.of("Accept", "application/json"), null);
  }

  /** Sends JSON. */
  public static RestRequest of(HttpMethod method, String address, ObjectNode body) {
    return new RestRequest(
        method,
        address,
        Map.of("Accept", "application/json", "Content-Type", "application/json"),
        Buffer.buffer(Json.bytes(body)));
  }

  /** Sends a form. */
  public static RestRequest form(String address, Map<String, String> fields) {
    String body =
        new TreeMap<>(fields)
            .entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    return new RestRequest(
        HttpMethod.POST,
        address,
        Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"),
        Buffer.buffer(body));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns the same request with one header more, or with another value of it. */
  public RestRequest with(String header, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, value);
    return new RestRequest(method, address, all, body);
  }

  /** Returns the same request to this host, unless it names one itself. */
  RestRequest at(@Nullable URI base) {
    return base == null || !address.startsWith("/")
        ? this
        : new RestRequest(method, base + address, headers, body);
  }

  @Override
  public String toString() {
    return method + " " + address.split("\\?", 2)[0];
  }
}
