package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.manifest.Catalog;
import java.net.URI;
import java.util.Map;

/** The stand-in CRM of a demo, and what goes on in it. */
interface DemoCrm extends AutoCloseable {
  /** Returns the name of the CRM that it stands in for. */
  String name();

  /** Returns where it listens. */
  URI address();

  /** Returns the manifests of who sends, but for the model, by their paths in the folder. */
  Map<String, String> manifests();

  /** Returns the secrets that those refer to, by the names of environment variables. */
  Map<String, String> secrets();

  /** Makes what takes the results; returns in words what it was. */
  String install(Catalog catalog);

  /** Tells it where webhooks go: to this port. */
  void subscribe(int port);

  /** Puts the sample in, with a webhook for each change. */
  void loadSample();

  /** Returns all people as they stand in it, by e-mail address. */
  Map<String, Row> people();

  /** Lets somebody do what a step of the morning says; returns it in words. */
  String act(Row person, JsonNode step);

  /** Returns how many webhooks are on their way. */
  long pending();

  @Override
  void close();

  /**
   * A person as they stand in the CRM. What has no value is empty.
   *
   * @param type the type of the record
   * @param stage the stage in few words
   * @param reasons the strongest reasons for and against
   */
  record Row(
      String type,
      String id,
      String name,
      String stage,
      String score,
      String grade,
      String label,
      String reasons) {}

  /** Returns activities in words, such as {@code page view "/pricing"}. */
  static String words(JsonNode activities) {
    StringBuilder text = new StringBuilder();
    for (JsonNode activity : activities) {
      String detail = activity.path("form").asText(activity.path("url").asText());
      text.append(text.isEmpty() ? "" : ", ");
      text.append(activity.path("type").asText().replace('_', ' '));
      if (!detail.isEmpty()) {
        text.append(" \"").append(detail.replaceFirst("^https?://[^/]*", "")).append('"');
      }
    }
    return text.toString();
  }

  /** Returns an edit in words. */
  static String edited(JsonNode properties) {
    return "a colleague edits "
        + String.join(
            ", ",
            properties.properties().stream().map(Map.Entry::getKey).map(DemoCrm::spoken).toList());
  }

  /** The sample has HubSpot's names, and the demo is of other platforms too. */
  private static String spoken(String property) {
    return switch (property) {
      case "jobtitle" -> "the job title";
      case "numemployees" -> "the number of employees";
      default -> property;
    };
  }
}
