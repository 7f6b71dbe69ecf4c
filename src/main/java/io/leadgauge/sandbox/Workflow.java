package io.leadgauge.sandbox;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow of a portal that sends a webhook of each contact that is enrolled.
 *
 * @param url where it sends to
 * @param signedUrl the address that is signed, where it is another
 * @param secret signs as version 2; nothing means that requests are not signed
 * @param body the property that stands under each key of a customised body; empty means the whole
 *     record
 * @param versions whether a whole record has the versions of its properties
 * @param correlation whether requests have a correlation id
 */
record Workflow(
    URI url,
    Optional<URI> signedUrl,
    Optional<Secret> secret,
    Map<String, String> body,
    boolean versions,
    boolean correlation) {
  Workflow {
    body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
  }

  /** The address that is signed. */
  URI signed() {
    return signedUrl.orElse(url);
  }
}
