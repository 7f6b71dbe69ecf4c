package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.manifest.ContactReader;
import io.leadgauge.manifest.ContactReader.ReadContact;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.scoring.Evaluation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The model of the portal, for what a field of the CRM should come to hold. */
final class BenchModel {
  /** The model's names of properties, by those of the portal. */
  private static final Map<String, String> NAMES =
      Map.of(
          "jobtitle", "title",
          "email", "email",
          "bench_occupation", "occupation",
          "bench_origin", "origin",
          "country", "country",
          "bench_employees", "employees",
          "bench_opted_out", "optedOut",
          "bench_visits", "visits",
          "bench_seconds", "seconds",
          "hs_analytics_source", "source");

  private final ModelManifest manifest;

  private BenchModel(ModelManifest manifest) {
    this.manifest = manifest;
  }

  /** Loads it from a folder of manifests. */
  static BenchModel load(Path manifests) {
    ModelManifest manifest =
        Manifests.load(manifests, SecretSource.none()).catalog().models().get("bench");
    return new BenchModel(Objects.requireNonNull(manifest, "no model in " + manifests));
  }

  /** Scores a contact that was never scored before, by its properties in the portal's names. */
  Evaluation evaluate(Map<String, String> properties, long now) throws IOException {
    ObjectNode contact = JsonNodeFactory.instance.objectNode();
    ObjectNode known = contact.putObject("properties");
    properties.forEach(
        (name, value) -> {
          String neutral = NAMES.get(name);
          if (neutral != null) {
            known.put(neutral, value);
          }
        });
    ReadContact read =
        ContactReader.read(
            "a contact of the bench",
            new ByteArrayInputStream(contact.toString().getBytes(UTF_8)),
            manifest.definition());
    if (read.contact() == null) {
      throw new IllegalStateException(read.problems().toString());
    }
    return read.contact().evaluate(manifest, now);
  }
}
