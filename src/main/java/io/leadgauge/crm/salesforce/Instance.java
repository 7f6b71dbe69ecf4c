package io.leadgauge.crm.salesforce;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts that a token may be sent to. */
final class Instance {
  private static final List<String> OWN =
      List.of(".salesforce.com", ".salesforce.mil", ".force.com");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Instance() {}

  /**
   * Returns scheme and host of the org as the answer to a login tells them; empty where that is
   * nobody's that we asked: neither the host of the login nor one of Salesforce's own. A login on
   * this machine leads nowhere but to this machine.
   */
  static Optional<URI> of(String told, URI login) {
    URI uri = parsed(told);
    if (uri == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return Optional.empty();
    }
    URI origin = URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    boolean trusted =
        origin.equals(login) || (isLoopback(login) ? isLoopback(origin) : isSalesforce(origin));
    return trusted ? Optional.of(origin) : Optional.empty();
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Tells whether an address is one of this machine. */
  static boolean isLoopback(URI address) {
    return LOOPBACK.contains(address.getHost());
  }

  private static boolean isSalesforce(URI origin) {
    String host = origin.getHost().toLowerCase(Locale.ROOT);
    return "https".equals(origin.getScheme())
        && (origin.getPort() == -1 || origin.getPort() == 443)
        && OWN.stream().anyMatch(host::endsWith);
  }
}
