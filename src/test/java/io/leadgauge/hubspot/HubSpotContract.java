package io.leadgauge.hubspot;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.leadgauge.Shared;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.opentest4j.TestAbortedException;

/**
 * HubSpot's interface descriptions, which every request of our client is held against: under an
 * undated path by the description itself; under a dated one it must be in the list of dated
 * endpoints, and its undated twin must be as described. Thread-safe.
 */
public final class HubSpotContract {
  private static final String FOLDER = "contracts/hubspot/";
  private static final Map<String, OpenApiInteractionValidator> VALIDATORS =
      new ConcurrentHashMap<>();
  private static final Map<String, DatedPaths> DATED = new ConcurrentHashMap<>();

  private HubSpotContract() {}

  /** Tells whether the descriptions are there; in CI they must be. */
  public static boolean isThere() {
    try {
      Shared.path(FOLDER + "contacts.v3.openapi.json");
      return true;
    } catch (TestAbortedException missing) {
      return false;
    }
  }

  /** Returns what is wrong with a request, a line each; none for one that HubSpot describes. */
  public static List<String> problems(SentRequest request) {
    List<String> problems = new ArrayList<>();
    String undated = Kinds.described(DatedPaths.undated(request.path()));
    String file = description(undated);
    boolean mustBeListed = file.isEmpty() || DatedPaths.isDated(request.path());
    if (mustBeListed && !dated().has(request)) {
      problems.add("no endpoint that HubSpot lists, or none with such a body");
    }
    if (!file.isEmpty()) {
      problems.addAll(problems(file, undated, request));
    }
    return problems.stream()
        .map(problem -> request.method() + " " + request.target() + ": " + problem)
        .toList();
  }

  private static List<String> problems(String file, String path, SentRequest request) {
    SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), path);
    if (request.authorization() != null) {
      builder.withAuthorization(request.authorization());
    }
    query(request.query()).forEach((name, values) -> builder.withQueryParam(name, values));
    if (!request.body().isEmpty()) {
      builder.withContentType(request.contentType()).withBody(described(request));
    }
    return validator(file).validateRequest(builder.build()).getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .map(message -> message.getMessage() + " in " + request.body())
        .toList();
  }

  /**
   * Returns the body without what the dated endpoints take and the older description does not know:
   * the proof of a code (PKCE), described for tokens under 2026-09.
   */
  private static String described(SentRequest request) {
    boolean newer = DatedPaths.isDated(request.path()) && request.path().endsWith("/token");
    return newer ? request.body().replaceAll("(^|&)code_verifier=[^&]*", "") : request.body();
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : raw.isEmpty() ? List.<String>of() : List.of(raw.split("&", -1))) {
      String[] halves = pair.split("=", 2);
      query
          .computeIfAbsent(halves[0], name -> new ArrayList<>())
          .add(halves.length < 2 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /** Returns the file that describes an undated path; empty for none. */
  private static String description(String path) {
    String kind = Kinds.descriptionOf(path);
    if (!kind.isEmpty()) {
      return kind + ".v3.openapi.json";
    }
    if (path.startsWith("/crm/v3/properties/")) {
      return "properties.v3.openapi.json";
    }
    if (path.startsWith("/crm/v4/")) {
      return "associations.v4.openapi.json";
    }
    if (path.startsWith("/crm/v3/owners")) {
      return "owners.v3.openapi.json";
    }
    return path.startsWith("/oauth/v1/") ? "oauth.v1.openapi.json" : "";
  }

  /** Returns the validator, made once for all tests, since reading a description takes long. */
  private static OpenApiInteractionValidator validator(String file) {
    return VALIDATORS.computeIfAbsent(
        file,
        name ->
            OpenApiInteractionValidator.createForSpecificationUrl(
                    Shared.path(FOLDER + name).toString())
                .withLevelResolver(LevelResolver.create().build())
                .build());
  }

  private static DatedPaths dated() {
    return DATED.computeIfAbsent("", once -> DatedPaths.read());
  }
}
