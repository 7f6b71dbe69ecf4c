package io.leadgauge.hubspot;

import org.jspecify.annotations.Nullable;

/**
 * A request as it reached a stand-in CRM.
 *
 * @param method the HTTP method
 * @param target raw path and query
 * @param authorization the header of that name; null where it was missing
 * @param contentType the header of that name; null where it was missing
 * @param body the body as text; empty where there was none
 */
public record SentRequest(
    String method,
    String target,
    @Nullable String authorization,
    @Nullable String contentType,
    String body) {

  /** Returns the path, without the query. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Returns the raw query; empty where there is none. */
  String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }
}
