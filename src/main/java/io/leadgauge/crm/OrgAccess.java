package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What deliveries of a Salesforce org need and mean. Outbound messages cannot be signed and carry
 * no header of ours: they are known by the secret in the path, and by the certificate if one is
 * asked for. Callouts can do better, and need not know that secret.
 *
 * @param bearers the tokens any of which a callout may show, at the address without a secret;
 *     copied
 * @param certificate what whoever uses the secret in the path must have shown as well; null where
 *     nobody asks
 * @param messages the fields that the outbound messages of each type of record list; copied
 */
public record OrgAccess(
    List<Secret> bearers,
    @Nullable ClientCertificate certificate,
    SortedMap<String, SortedSet<String>> messages) {
  public OrgAccess {
    bearers = List.copyOf(bearers);
    SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
    messages.forEach(
        (type, fields) -> copy.put(type, Collections.unmodifiableSortedSet(new TreeSet<>(fields))));
    messages = Collections.unmodifiableSortedMap(copy);
  }
}
