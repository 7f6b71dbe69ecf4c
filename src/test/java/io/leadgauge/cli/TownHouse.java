package io.leadgauge.cli;

import io.leadgauge.Written;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.model.Activation;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.replay.Town;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder with a town's contacts as if its connection had been served from there. */
final class TownHouse {
  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: town }
      spec:
        crm: hubspot
        portal: "1"
        publicUrl: https://leads.example
        credentials: { accessToken: "${env:TOKEN}" }
        webhooks: { secrets: ["${env:SECRET}"] }
        models: [MODELS]
        mode: shadow
        fields:
          title: jobtitle
          company.employees: { property: numberofemployees, type: number, object: company }
          emailOptOut: { property: hs_email_optout, type: boolean }
          country: country
      """;
  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: website }
      spec:
        connection: town
        secrets: ["${env:SIGNING}"]
      """;

  /** How the connection uses its model. */
  static final String ONE =
      "{ model: plain, writeBack: { score: score },"
          + " stages: { mql: marketingqualifiedlead, sql: salesqualifiedlead } }";

  private final Path folder;

  /**
   * Fills the folder.
   *
   * @param models how the connection uses its model, once or several times
   */
  TownHouse(Path folder, String models, int contacts, int activities) {
    this.folder = folder;
    write("manifests/models/plain/model.yaml", Town.OLD);
    write("manifests/connections/town.yaml", CONNECTION.replace("MODELS", models));
    write("manifests/sources/website.yaml", SOURCE);
    write("new.yaml", Town.NEW);
    Loaded loaded = Manifests.load(folder.resolve("manifests"), ConnectionAtHand.NO_SECRETS);
    if (loaded.problems().stream().anyMatch(Problem::isError)) {
      throw new AssertionError(loaded.problems().toString());
    }
    Town.fill(data(), 11, contacts, activities);
    try (Store store = Store.open(data())) {
      for (Candidate candidate : Candidates.of(loaded.catalog(), List.of(), Town.NOW)) {
        for (Activation activation : candidate.manifests()) {
          store.writer().append(activation, Outcome.applied(0, 0));
        }
      }
      store.writer().commit();
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path data() {
    return folder.resolve("data");
  }

  void write(String name, String text) {
    Written.to(folder, name, text);
  }

  /** Runs {@code replay --model new.yaml} on a terminal of so many columns; returns the status. */
  int replay(TestTerminal terminal, String... more) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--model", "" + file("new.yaml")));
    arguments.addAll(List.of("--data", data().toString()));
    arguments.addAll(List.of(more));
    return terminal.run(arguments.toArray(String[]::new));
  }

  static TestTerminal columns(int columns) {
    return new TestTerminal(Map.of("COLUMNS", String.valueOf(columns)), "");
  }
}
