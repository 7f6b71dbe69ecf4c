package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.salesforce.ConnectedApp;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;

/**
 * The stand-in Salesforce org that {@code sandbox --crm salesforce} runs.
 *
 * @param webhook where outbound messages go; none are sent without
 * @param contacts so many generated leads to begin with
 * @param sample whether the bundled sample is there to begin with
 */
record StandInOrg(SalesforceOptions options, Optional<URI> webhook, int contacts, boolean sample) {

  /** Starts it; the outcome is what to say of it. */
  Future<String> start(Vertx vertx, Clockwork clock) {
    return SalesforceSandbox.start(vertx, options, clock)
        .compose(
            org ->
                webhook
                    .map(org::sendMessagesTo)
                    .orElseGet(Future::succeededFuture)
                    .compose(told -> sample ? org.loadSample(true) : Future.succeededFuture(0))
                    .compose(loaded -> org.loadGenerated(contacts, true))
                    .map(loaded -> greeting(org)));
  }

  private String greeting(SalesforceSandbox org) {
    String faults = options.faults().toString();
    return """
    A stand-in Salesforce org serves %1$s
      organisation %2$s, session %3$s (of another integration: %4$s)
      client id %5$s, client secret %6$s
      %7$d calls a day, faults %8$s, seed %9$d

    Try it:
      curl -H 'Authorization: Bearer %3$s' \\
        '%1$s/services/data/v67.0/query?q=SELECT+Id,Name,Company+FROM+Lead'
      curl -H 'Authorization: Bearer %3$s' -H 'Content-Type: application/json' \\
        -d '{"LastName":"Doe","Company":"Acme","Title":"VP Sales"}' \\
        %1$s/services/data/v67.0/sobjects/Lead

    A connection leads here with
      org: %2$s
      publicUrl: %10$s
      credentials: { loginUrl: "%1$s", clientId: %5$s, clientSecret: "${env:SALESFORCE_CLIENT_SECRET}" }

    Look into it, and act as people and leads would:
      curl %1$s/_sandbox/contacts
      curl %1$s/_sandbox/calls
      curl %1$s/_sandbox/webhooks
      curl -X POST %1$s/_sandbox/sample
      curl -d '{"fields":{"Title":"CEO"}}' %1$s/_sandbox/Lead/ID
      curl -d '{"opportunity":"Acme-"}' %1$s/_sandbox/Lead/ID/convert

    Stop it with Ctrl-C; what it holds is then gone.\
    """
        .formatted(
            org.address(),
            options.orgId(),
            SalesforceOptions.TOKEN,
            SalesforceOptions.OTHER_TOKEN,
            ConnectedApp.CLIENT_ID,
            ConnectedApp.CLIENT_SECRET,
            options.dailyCalls(),
            faults.isEmpty() ? "none" : faults,
            org.seed(),
            webhook
                .map(address -> address.resolve("/").toString().replaceFirst("/$", ""))
                .orElse("http://127.0.0.1:8080"));
  }
}
