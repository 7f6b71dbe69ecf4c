package io.leadgauge.http;

import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.Delivery.Header;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is taken out of a request before it is stored or shown. */
final class Masking {
  /** What stands for a secret. */
  static final String MASK = "***";

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  /** Everything after the second part of a path, up to the query. */
  private static final Pattern AFTER_SECOND_PART = Pattern.compile("^(/[^/?]*/[^/?]*/)[^?]+");

  private Masking() {}

  /**
   * Returns a raw path and query without the token, which is whatever follows {@code
   * /webhooks/{connection}/}. Other paths are cut at the same place, since the likeliest other path
   * is a webhook's with a slip in it.
   */
  static String target(String target) {
    return AFTER_SECOND_PART.matcher(target).replaceFirst("$1" + Matcher.quoteReplacement(MASK));
  }

  /** Returns a raw path and query with the name of a workflow where its token stood. */
  static String target(String target, WorkflowHook workflow) {
    return AFTER_SECOND_PART
        .matcher(target)
        .replaceFirst("$1" + Matcher.quoteReplacement(workflow.name()));
  }

  /** Returns a masked target with the token put back, as it was signed. */
  static String unmasked(String target, String token) {
    return target.replaceFirst(Pattern.quote(MASK), Matcher.quoteReplacement(token));
  }

  /**
   * Returns headers without credentials, and without the token where a proxy has repeated the path
   * in a header of its own.
   */
  static List<Header> headers(List<Header> headers, String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String masked = target(path);
    return headers.stream().map(header -> masked(header, path, masked)).toList();
  }

  private static Header masked(Header header, String path, String masked) {
    if (SECRET_HEADERS.contains(header.name().toLowerCase(Locale.ROOT))) {
      return new Header(header.name(), MASK);
    }
    return path.equals(masked)
        ? header
        : new Header(header.name(), header.value().replace(path, masked));
  }
}
