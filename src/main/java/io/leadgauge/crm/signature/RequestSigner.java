package io.leadgauge.crm.signature;

import io.leadgauge.crm.signature.SignatureClaim.Complete;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.List;

/**
 * Signs requests as a CRM does, for the sandbox and for deliveries that are sent again.
 *
 * <p>Immutable and thread-safe.
 */
public final class RequestSigner {
  private final SignatureScheme scheme;
  private final byte[] key;

  /**
   * Makes a signer.
   *
   * @throws IllegalArgumentException if the secret is not in the form that the scheme asks for
   */
  public RequestSigner(SignatureScheme scheme, Secret secret) {
    this.scheme = scheme;
    this.key = SignatureInput.key(scheme, secret);
  }

  /**
   * Returns the headers that a request must carry.
   *
   * @param method the HTTP method
   * @param uri the full address that the request goes to, as it is sent
   * @param body the raw bytes of the body
   * @param id the id of the message, the same in every attempt; only {@link
   *     SignatureScheme#STANDARD} covers it, the others ignore it
   * @param at the instant of this attempt, in milliseconds; v1 and v2 ignore it
   */
  public List<Header> sign(String method, String uri, byte[] body, String id, long at) {
    long unit = scheme == SignatureScheme.STANDARD ? SignatureClaim.SECOND : 1;
    Complete claim = new Complete(scheme, "", Long.toString(at / unit), at, id);
    SignedRequest request = new SignedRequest(method, uri, List.of(), body);
    String signature = SignatureVerifier.input(claim, request, key).signature();
    return switch (scheme) {
      case HUBSPOT_V1 -> hex(signature, "v1");
      case HUBSPOT_V2 -> hex(signature, "v2");
      case HUBSPOT_V3 ->
          List.of(
              new Header(SignatureHeaders.HUBSPOT_SIGNATURE_V3, signature),
              new Header(SignatureHeaders.HUBSPOT_TIMESTAMP, claim.timestamp()));
      case STANDARD ->
          List.of(
              new Header(SignatureHeaders.STANDARD_ID, id),
              new Header(SignatureHeaders.STANDARD_TIMESTAMP, claim.timestamp()),
              new Header(SignatureHeaders.STANDARD_SIGNATURE, signature));
    };
  }

  private static List<Header> hex(String signature, String version) {
    return List.of(
        new Header(SignatureHeaders.HUBSPOT_SIGNATURE, signature),
        new Header(SignatureHeaders.HUBSPOT_VERSION, version));
  }
}
