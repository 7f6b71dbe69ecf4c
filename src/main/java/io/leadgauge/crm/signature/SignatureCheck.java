package io.leadgauge.crm.signature;

import io.leadgauge.crm.signature.SignatureClaim.Complete;
import io.leadgauge.crm.signature.SignatureClaim.Incomplete;
import io.leadgauge.crm.signature.Verification.Reason;
import io.leadgauge.model.Secret;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signature checked step by step, for a person who wants to know why it was refused.
 *
 * <p>The verdict is the {@link SignatureVerifier}'s. Where it is no, plausible mistakes are tried
 * out (another address, method, body, time stamp, secret, encoding) until one explains the digest
 * that was given; see {@link Mistakes}. Costs some thousand digests at worst, so it belongs into a
 * command and not onto the way of a delivery. The steps hold the digest that would have been right:
 * show them only to who may know the secret.
 *
 * @param valid whether the signature is right
 * @param steps what was looked at, in order; copied
 * @param finding which part is wrong; null where all is right or nothing explains the digest
 */
public record SignatureCheck(boolean valid, List<Step> steps, @Nullable Finding finding) {
  public SignatureCheck {
    steps = List.copyOf(steps);
  }

  /**
   * One thing looked at.
   *
   * @param name what, in a word or two
   * @param result how it went
   * @param detail what was found and, where that differs, what was expected
   */
  public record Step(String name, Result result, String detail) {}

  /** How a step went. */
  public enum Result {
    /** As it should be. */
    OK,
    /** Not as it should be. */
    FAILED,
    /** Cannot be told. */
    UNKNOWN
  }

  /**
   * The part that is wrong.
   *
   * @param part which
   * @param text how, and what to do
   */
  public record Finding(Part part, String text) {}

  /** The parts that a signature rests on. */
  public enum Part {
    /** The scheme. */
    SCHEME,
    /** The secret. */
    SECRET,
    /** The signature header itself. */
    SIGNATURE,
    /** The time stamp, in its header or in the signed text. */
    TIMESTAMP,
    /** The message id. */
    ID,
    /** The HTTP method. */
    METHOD,
    /** The address. */
    ADDRESS,
    /** The body. */
    BODY
  }

  /**
   * Checks a request as a connection would.
   *
   * @param accepted the schemes that it may use
   * @param secrets the secrets, any of which may have signed
   * @param request the request as received
   * @param now our clock at that time, in milliseconds
   */
  public static SignatureCheck of(
      Set<SignatureScheme> accepted, List<Secret> secrets, SignedRequest request, long now) {
    return of(accepted, secrets, SignatureVerifier.WINDOW, request, now);
  }

  /**
   * Checks a request as a connection with a window of its own would.
   *
   * @param accepted the schemes that it may use
   * @param secrets the secrets, any of which may have signed
   * @param window how far its time stamp may be from our clock, in milliseconds
   * @param request the request as received
   * @param now our clock at that time, in milliseconds
   */
  public static SignatureCheck of(
      Set<SignatureScheme> accepted,
      List<Secret> secrets,
      long window,
      SignedRequest request,
      long now) {
    return switch (SignatureClaim.of(accepted, request)) {
      case Complete claim -> of(claim.scheme(), secrets, window, request, now);
      case Incomplete claim -> ofIncomplete(claim, secrets, window, request, now);
    };
  }

  private static SignatureCheck ofIncomplete(
      Incomplete claim, List<Secret> secrets, long window, SignedRequest request, long now) {
    SignatureScheme scheme = claim.scheme();
    if (scheme != null && claim.reason() != Reason.SCHEME_NOT_ACCEPTED) {
      return of(scheme, secrets, window, request, now);
    }
    Part part = claim.reason() == Reason.SIGNATURE_MISSING ? Part.SIGNATURE : Part.SCHEME;
    return refused(part, claim.text());
  }

  /** Checks a request by one scheme. */
  public static SignatureCheck of(
      SignatureScheme scheme, List<Secret> secrets, SignedRequest request, long now) {
    return of(scheme, secrets, SignatureVerifier.WINDOW, request, now);
  }

  /** Checks a request by one scheme, with this window in milliseconds. */
  public static SignatureCheck of(
      SignatureScheme scheme, List<Secret> secrets, long window, SignedRequest request, long now) {
    return new SignatureSteps(scheme, secrets, window, request, now).check();
  }

  /** Returns the check of a scheme that nobody knows: refused, and not taken for another one. */
  public static SignatureCheck ofUnknownScheme(String word) {
    String known =
        String.join(", ", List.of(SignatureScheme.values()).stream().map(s -> s.word()).toList());
    return refused(Part.SCHEME, "'" + word + "' is no signature scheme: expected one of " + known);
  }

  private static SignatureCheck refused(Part part, String text) {
    String name = part == Part.SCHEME ? "scheme" : "signature";
    return new SignatureCheck(
        false, List.of(new Step(name, Result.FAILED, text)), new Finding(part, text));
  }
}
