package io.leadgauge.crm;

import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may deliver to a connection.
 *
 * @param publicUrl the address under which the CRM reaches us, without a path; signatures cover it
 * @param schemes the accepted signature schemes; a request must satisfy the one that it uses, and a
 *     scheme that fails is never tried again as another; copied
 * @param secrets the signing secrets, any of which may have been used, so that one can be rotated;
 *     copied
 * @param token the secret last part of the path; null where the connection has none
 */
public record WebhookAccess(
    URI publicUrl, Set<SignatureScheme> schemes, List<Secret> secrets, @Nullable Secret token) {
  public WebhookAccess {
    schemes = Set.copyOf(schemes);
    secrets = List.copyOf(secrets);
  }
}
