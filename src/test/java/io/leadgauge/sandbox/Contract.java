package io.leadgauge.sandbox;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.leadgauge.Shared;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * HubSpot's interface descriptions, which every answer under a version 3 path is held against.
 * Where they are missing nothing is checked, except in CI, where that is an error.
 */
final class Contract {
  private static final String FOLDER = "contracts/hubspot/";
  private static final Optional<OpenApiInteractionValidator> CONTACTS =
      validator("contacts.v3.openapi.json");
  private static final Optional<OpenApiInteractionValidator> PROPERTIES =
      validator("properties.v3.openapi.json");

  /**
   * What the descriptions ask for and recorded answers do not have, by status: {@code errors} and
   * {@code links} in the errors of a 207, {@code category} in the 429 of a limit.
   */
  private static final Map<Integer, Set<String>> NOT_IN_RECORDED_ANSWERS =
      Map.of(207, Set.of("errors: required", "links: required"), 429, Set.of("category: required"));

  private Contract() {}

  static boolean isThere() {
    return CONTACTS.isPresent();
  }

  static void check(String method, String path, HttpResponse<String> response) {
    if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
      return; // A gateway's answer, not HubSpot's.
    }
    String bare = path.replaceAll("\\?.*", "");
    if (bare.startsWith("/crm/v3/objects/contacts")) {
      CONTACTS.ifPresent(validator -> check(validator, method, bare, response));
    } else if (bare.startsWith("/crm/v3/properties/")) {
      PROPERTIES.ifPresent(validator -> check(validator, method, bare, response));
    }
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
            .toList();
    if (!problems.isEmpty()) {
      throw new AssertionError(method + " " + path + ": " + problems + "\n" + response.body());
    }
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
