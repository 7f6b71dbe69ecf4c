package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Salesforce connections say of their outbound messages something else than the package makes
 * them carry. It takes models and connections together, and no secret.
 */
final class MessageWarnings {
  private MessageWarnings() {}

  /** Returns the warnings for a folder of manifests. */
  static List<Problem> of(Path dir) {
    Catalog catalog = Manifests.load(dir, ConnectionAtHand.NO_SECRETS).catalog();
    List<Problem> problems = new ArrayList<>();
    for (ConnectionManifest manifest : catalog.connections().values()) {
      if (manifest.connection().kind() == CrmKind.SALESFORCE) {
        problems.addAll(of(catalog, manifest));
      }
    }
    return problems;
  }

  private static List<Problem> of(Catalog catalog, ConnectionManifest manifest) {
    Connection connection = manifest.connection();
    return SalesforcePackage.differences(
            Candidates.needs(catalog, manifest), connection.webhooks().messages())
        .stream()
        .map(
            finding ->
                new Problem(
                    manifest.at("spec", "webhooks", "messages", finding.subject()),
                    Severity.WARNING,
                    "outbound messages, "
                        + finding.subject()
                        + ": "
                        + finding.detail()
                        + "; ./leadgauge setup "
                        + connection.id()
                        + " --salesforce-package prints what they carry"))
        .toList();
  }
}
