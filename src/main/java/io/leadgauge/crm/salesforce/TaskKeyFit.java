package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Finding;
import org.jspecify.annotations.Nullable;

/** Whether tasks have the field by which one is known again, so that no hand-off makes two. */
final class TaskKeyFit {
  private static final String SUBJECT = "Task." + TaskCalls.KEY;
  private static final String CURE =
      "deploy the package's force-app, and assign its permission set to our user";

  private TaskKeyFit() {}

  /** Looks at the field; null where our user sees none. */
  static Finding of(String area, @Nullable OrgField field) {
    if (field == null) {
      return Finding.warning(
          area,
          SUBJECT,
          "our user sees no such field, so hand-offs are told apart by what they say alone",
          CURE);
    }
    if (!field.externalId() || !field.unique()) {
      return Finding.warning(
          area,
          SUBJECT,
          "is no unique external id, so hand-offs are told apart by what they say alone",
          "make it unique and an external id in Setup, Object Manager, Activity");
    }
    return field.updateable()
        ? Finding.ok(area, SUBJECT, "unique, found by it")
        : Finding.problem(area, SUBJECT, "our user may not edit it", CURE);
  }
}
