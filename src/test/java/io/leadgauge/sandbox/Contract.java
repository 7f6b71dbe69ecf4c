package io.leadgauge.sandbox;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Found;
import io.leadgauge.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * HubSpot's interface descriptions, which every answer is held against: those under a version as
 * they are, those under a date by the path of the version that has the same bodies. Where they are
 * missing nothing is checked, except in CI, where that is an error.
 */
final class Contract {
  private static final String FOLDER = "contracts/hubspot/";
  private static final String CONTACTS = "/crm/v3/objects/contacts";

  /** The beginning of a path, and the description that it is held against. */
  private static final Map<String, Optional<OpenApiInteractionValidator>> BY_PATH =
      Map.of(
          CONTACTS,
          validator("contacts.v3.openapi.json"),
          "/crm/v3/objects/companies",
          validator("companies.v3.openapi.json"),
          "/crm/v3/objects/deals",
          validator("deals.v3.openapi.json"),
          "/crm/v3/objects/tasks",
          validator("tasks.v3.openapi.json"),
          "/crm/v3/objects/notes",
          validator("notes.v3.openapi.json"),
          "/crm/v3/properties/",
          validator("properties.v3.openapi.json"),
          "/crm/v3/owners",
          validator("owners.v3.openapi.json"),
          "/crm/v4/",
          validator("associations.v4.openapi.json"),
          "/oauth/v1/",
          validator("oauth.v1.openapi.json"));

  /**
   * What the descriptions ask for and recorded answers do not have, by status: {@code errors} and
   * {@code links} in the errors of a 207, {@code category} in the 429 of a limit. The label of an
   * unlabelled association is null.
   */
  private static final Map<Integer, Set<String>> NOT_IN_RECORDED_ANSWERS =
      Map.of(207, Set.of("errors: required", "links: required"), 429, Set.of("category: required"));

  /** The methods and dated paths of the official client, by {@code POST /crm/objects/…}. */
  private static final List<Pattern> DATED = dated();

  private static final Pattern DATE = Pattern.compile("(?<=/)\\d{4}-\\d{2}(?:-beta)?(?=/|$)");

  private Contract() {}

  static boolean isThere() {
    return Found.in(BY_PATH, CONTACTS).isPresent();
  }

  static void check(String method, String path, HttpResponse<String> response) {
    if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
      return; // A gateway's answer, not HubSpot's.
    }
    String plain = path.replaceAll("\\?.*", "");
    if (response.statusCode() < 300) {
      checkDated(method, plain);
    }
    String bare = undated(plain);
    BY_PATH.forEach(
        (beginning, validator) -> {
          if (bare.startsWith(beginning)) {
            validator.ifPresent(one -> check(one, method, bare, response));
          }
        });
  }

  /** A dated path that is served must be one that the official client calls. */
  private static void checkDated(String method, String path) {
    boolean listed = path.matches("/(crm/(objects|properties|associations|owners)|oauth)/.*");
    if (DATED.isEmpty() || !listed || !DATE.matcher(path).find()) {
      return;
    }
    String official =
        DATE.matcher(path)
            .replaceFirst("2026-03")
            .replaceFirst("^(/crm/objects/[^/]+/)(deals|0-3)(?=/|$)", "$10-3")
            .replaceFirst("^(/crm/objects/[^/]+/)0-1(?=/|$)", "$1contacts")
            .replaceFirst("^(/crm/objects/[^/]+/)0-2(?=/|$)", "$1companies")
            .replaceFirst("^(/crm/objects/[^/]+/)0-27(?=/|$)", "$1tasks")
            .replaceFirst(
                "^(/crm/objects/[^/]+/)(calls|meetings|emails|communications|0-18|0-4[6-9])(?=/|$)",
                "$1notes");
    String call = method + " " + official;
    if (DATED.stream().noneMatch(pattern -> pattern.matcher(call).matches())) {
      throw new AssertionError("no endpoint of the official client: " + method + " " + path);
    }
  }

  private static List<Pattern> dated() {
    try {
      String file = Files.readString(Shared.path(FOLDER + "endpoints-2026-03.json"));
      List<Pattern> patterns = new ArrayList<>();
      for (JsonNode endpoint : SandboxClient.json(file).path("endpoints")) {
        String path = endpoint.path("path").asText().replaceAll("\\{[^}]+}", "[^/]+");
        patterns.add(Pattern.compile(endpoint.path("method").asText() + " " + path));
      }
      return patterns;
    } catch (TestAbortedException missing) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path under a version that has the same bodies as a dated one; others as they are. */
  private static String undated(String path) {
    String date = "\\d{4}-\\d{2}(?:-beta)?";
    String under =
        path.replaceFirst("^/crm/objects/" + date + "/(.*/associations/)", "/crm/v4/objects/$1");
    under = under.replaceFirst("^/crm/associations/" + date, "/crm/v4/associations");
    return under.replaceFirst("^/crm/(objects|properties|owners)/" + date, "/crm/v3/$1");
  }

  private static void check(
      OpenApiInteractionValidator validator,
      String method,
      String path,
      HttpResponse<String> response) {
    SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.statusCode());
    response.headers().firstValue("Content-Type").ifPresent(answer::withContentType);
    if (!response.body().isEmpty()) {
      answer.withBody(response.body());
    }
    ValidationReport report =
        validator.validateResponse(path, Request.Method.valueOf(method), answer.build());
    Set<String> tolerated =
        Optional.ofNullable(NOT_IN_RECORDED_ANSWERS.get(response.statusCode())).orElse(Set.of());
    List<String> problems =
        report.getMessages().stream()
            .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
            .map(ValidationReport.Message::getMessage)
            .filter(text -> tolerated.stream().noneMatch(text::startsWith))
            .filter(text -> !isAssociationAsShownInTheGuide(path, text))
            .filter(text -> !isRefusalOfAToken(path, text))
            .toList();
    if (!problems.isEmpty()) {
      throw new AssertionError(method + " " + path + ": " + problems + "\n" + response.body());
    }
  }

  /**
   * The guide's samples have numbers for ids, null for the label of the unlabelled way and text for
   * the subcategory of an error.
   */
  private static boolean isAssociationAsShownInTheGuide(String path, String problem) {
    return path.startsWith("/crm/v4/")
        && (problem.startsWith("integer: string found")
            || problem.startsWith("null: string found")
            || problem.startsWith("string: object found"));
  }

  /** The errors of OAuth have a status of their own in place of a category. */
  private static boolean isRefusalOfAToken(String path, String problem) {
    return path.startsWith("/oauth/") && problem.startsWith("category: required");
  }

  private static Optional<OpenApiInteractionValidator> validator(String file) {
    try {
      String description = Shared.path(FOLDER + file).toString();
      return Optional.of(
          OpenApiInteractionValidator.createFor(description)
              .withLevelResolver(
                  LevelResolver.create()
                      .withLevel(
                          "validation.response.body.schema.additionalProperties",
                          ValidationReport.Level.IGNORE)
                      .build())
              .build());
    } catch (TestAbortedException missing) {
      return Optional.empty();
    }
  }
}
