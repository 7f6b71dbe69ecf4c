package io.leadgauge.crm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a delivery of a workflow is kept as having come to: {@code /webhooks/{connection}/{name}},
 * the workflow's name in place of its token.
 */
public final class WorkflowAddress {
  private static final Pattern SHAPE =
      Pattern.compile("/webhooks/[^/?]+/([A-Za-z][A-Za-z0-9_.-]*)(?:\\?.*)?");

  private WorkflowAddress() {}

  /**
   * Returns the name of the workflow that a kept path is about; empty for the CRM's own webhooks,
   * whose token is masked by what is no name.
   */
  public static Optional<String> workflow(String path) {
    Matcher matcher = SHAPE.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
