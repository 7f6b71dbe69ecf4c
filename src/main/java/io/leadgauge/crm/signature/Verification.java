package io.leadgauge.crm.signature;

import org.jspecify.annotations.Nullable;

/** Whether a request is from who it says it is. */
public sealed interface Verification {
  /**
   * The signature is right.
   *
   * @param scheme which scheme the request used
   * @param secretIndex which of the secrets, from 0, made it; tells when a rotation is over
   */
  record Verified(SignatureScheme scheme, int secretIndex) implements Verification {}

  /**
   * The request is refused.
   *
   * @param scheme which scheme the request used; null where that cannot be told
   * @param reason why
   * @param text the same for a reader, with what was found and what was expected; holds no secret
   *     and no digest that would have been right
   */
  record Rejected(@Nullable SignatureScheme scheme, Reason reason, String text)
      implements Verification {}

  /** Why a request is refused. */
  enum Reason {
    /** No secret is configured that could have made the signature. */
    SECRET_MISSING,
    /** No secret is in the form that the scheme asks for. */
    SECRET_MALFORMED,
    /** The request uses a scheme that the connection does not list. */
    SCHEME_NOT_ACCEPTED,
    /** The request does not say which scheme it uses, or names one that does not exist. */
    SCHEME_UNKNOWN,
    /** No header carries a signature. */
    SIGNATURE_MISSING,
    /** The signature header is there and empty. */
    SIGNATURE_EMPTY,
    /** The signature header cannot hold a signature of the scheme. */
    SIGNATURE_MALFORMED,
    /** The signature is not one of this request under any of the secrets. */
    SIGNATURE_WRONG,
    /** The time stamp header is missing or empty. */
    TIMESTAMP_MISSING,
    /** The time stamp is not a plain decimal number. */
    TIMESTAMP_MALFORMED,
    /** The request is older than the window allows: late, or sent again by a stranger. */
    TIMESTAMP_TOO_OLD,
    /** The request is from further in the future than the clocks may differ. */
    TIMESTAMP_IN_FUTURE,
    /** The message id header is missing or empty. */
    ID_MISSING,
    /** A header that the signature rests on came more than once. */
    HEADER_REPEATED
  }
}
