package io.leadgauge.hubspot;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests during which our client sent something to a sandbox that HubSpot does not
 * describe. Part of every test, by {@code junit-platform.properties}.
 */
public final class ContractGuard implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    List<String> problems = ContractWitness.problems();
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "requests that HubSpot does not describe:\n" + String.join("\n", problems));
    }
  }
}
