package io.leadgauge.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HubSpot's dated endpoints, and their twins among the undated paths. Only one release is listed;
 * any other date is taken for it.
 */
final class DatedPaths {
  private static final String LISTED = "2026-03";
  private static final Pattern DATE = Pattern.compile("(?<=/)20[0-9]{2}-[0-9]{2}(-beta)?(?=/|$)");

  /** Which dated path is which undated one; the first that fits. */
  private static final List<Twin> TWINS =
      List.of(
          new Twin("/crm/objects/@/([^/]+/[^/]+/associations/.*)", "/crm/v4/objects/$1"),
          new Twin("/crm/objects/@/(.*)", "/crm/v3/objects/$1"),
          new Twin("/crm/properties/@/(.*)", "/crm/v3/properties/$1"),
          new Twin("/crm/associations/@/(.*)", "/crm/v4/associations/$1"),
          new Twin("/crm/owners/@", "/crm/v3/owners/"),
          new Twin("/crm/owners/@/([^/]+)", "/crm/v3/owners/$1"),
          new Twin("/oauth/@/token", "/oauth/v1/token"));

  /** What has no description of its own under an undated path, and its dated twin. */
  private static final List<Twin> UNDESCRIBED =
      List.of(new Twin("/account-info/v3/details", "/account-info/" + LISTED + "/details"));

  private final List<Endpoint> endpoints;

  private DatedPaths(List<Endpoint> endpoints) {
    this.endpoints = endpoints;
  }

  private record Twin(Pattern pattern, String path) {
    Twin(String pattern, String path) {
      this(Pattern.compile(pattern.replace("@", LISTED)), path);
    }

    Optional<String> of(String other) {
      Matcher matcher = pattern.matcher(other);
      return matcher.matches() ? Optional.of(matcher.replaceFirst(path)) : Optional.empty();
    }
  }

  private record Endpoint(String method, Pattern path, boolean body) {
    boolean takes(SentRequest request, String asked) {
      return method.equals(request.method())
          && path.matcher(asked).matches()
          && body == !request.body().isEmpty();
    }
  }

  /** Reads the list of endpoints. */
  static DatedPaths read() {
    List<Endpoint> endpoints = new ArrayList<>();
    try {
      JsonNode file =
          new ObjectMapper()
              .readTree(
                  Files.readAllBytes(Shared.path("contracts/hubspot/endpoints-2026-03.json")));
      for (JsonNode each : file.path("endpoints")) {
        String path = each.path("path").asText().replaceAll("\\{[^}]+}", "[^/]+");
        endpoints.add(
            new Endpoint(
                each.path("method").asText(),
                Pattern.compile(path),
                each.path("requestBody").asBoolean()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DatedPaths(endpoints);
  }

  /** Tells whether a path names a release by its date. */
  static boolean isDated(String path) {
    return DATE.matcher(path).find();
  }

  /** Tells whether the list has a request's endpoint, or that of its dated twin. */
  boolean has(SentRequest request) {
    String path = DATE.matcher(request.path()).replaceFirst(LISTED);
    // Deals are listed by the id of their type, as they must be asked for.
    String known = path.contains("/0-3") ? path : Kinds.described(path);
    String asked =
        UNDESCRIBED.stream().flatMap(twin -> twin.of(known).stream()).findFirst().orElse(known);
    return endpoints.stream().anyMatch(one -> one.takes(request, asked));
  }

  /** Returns the path that the descriptions know; the same for one that is not dated. */
  static String undated(String path) {
    String listed = DATE.matcher(path).replaceFirst(LISTED);
    return TWINS.stream().flatMap(twin -> twin.of(listed).stream()).findFirst().orElse(path);
  }
}
