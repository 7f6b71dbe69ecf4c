package io.leadgauge.crm.signature;

/**
 * The names of the headers that carry a signature.
 *
 * @see <a href="https://developers.hubspot.com/docs/api/webhooks/validating-requests">HubSpot,
 *     Validating requests (copy of January 2025)</a>
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
public final class SignatureHeaders {
  /** The hex digest of HubSpot's v1 and v2. */
  public static final String HUBSPOT_SIGNATURE = "X-HubSpot-Signature";

  /** Which of the two {@link #HUBSPOT_SIGNATURE} is: {@code v1} or {@code v2}. */
  public static final String HUBSPOT_VERSION = "X-HubSpot-Signature-Version";

  /** The base64 HMAC of HubSpot's v3. */
  public static final String HUBSPOT_SIGNATURE_V3 = "X-HubSpot-Signature-v3";

  /** When HubSpot made this attempt, in milliseconds since 1970. */
  public static final String HUBSPOT_TIMESTAMP = "X-HubSpot-Request-Timestamp";

  /** The id of a Standard Webhooks message, the same in every attempt. */
  public static final String STANDARD_ID = "webhook-id";

  /** When a Standard Webhooks attempt was made, in seconds since 1970. */
  public static final String STANDARD_TIMESTAMP = "webhook-timestamp";

  /** The signatures of a Standard Webhooks message, {@code v1,<base64>}, separated by spaces. */
  public static final String STANDARD_SIGNATURE = "webhook-signature";

  private SignatureHeaders() {}

  /** Returns the header that carries the signature of a scheme. */
  public static String signature(SignatureScheme scheme) {
    return switch (scheme) {
      case HUBSPOT_V1, HUBSPOT_V2 -> HUBSPOT_SIGNATURE;
      case HUBSPOT_V3 -> HUBSPOT_SIGNATURE_V3;
      case STANDARD -> STANDARD_SIGNATURE;
    };
  }
}
