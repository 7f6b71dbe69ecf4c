package io.leadgauge.crm.signature;

import static io.leadgauge.crm.signature.SignatureInput.utf8;

import io.leadgauge.crm.signature.SignatureClaim.Complete;
import io.leadgauge.crm.signature.SignatureClaim.Incomplete;
import io.leadgauge.crm.signature.Verification.Reason;
import io.leadgauge.crm.signature.Verification.Rejected;
import io.leadgauge.crm.signature.Verification.Verified;
import io.leadgauge.model.Secret;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a request was signed by one of the secrets of a connection.
 *
 * <p>The signature is computed over the raw bytes and compared with the header character by
 * character, in constant time: base64 without its padding, or in another alphabet, is not equal. A
 * request stands or falls by the one scheme that it uses; see {@link SignatureClaim#of}. Where a
 * connection lists v3 together with v1 or v2, whoever saw one v1 or v2 request can repeat it: that
 * is what listing them means.
 *
 * <p>Immutable and thread-safe. Cost: one digest of the body for each secret, tens of microseconds
 * for 40 kB.
 */
public final class SignatureVerifier {
  /**
   * How old a request may be, and how far ahead its clock, in milliseconds; both ends belong to the
   * window. HubSpot: refuse what is <em>older</em> than five minutes, so one that is exactly five
   * minutes old passes (its own clients differ there). It is silent about the future; a clock may
   * be off to either side, and without a bound a stamp far ahead would never expire.
   */
  public static final long WINDOW = 300_000;

  /** How many signatures one Standard Webhooks header may hold; two suffice for a rotation. */
  static final int MOST_SIGNATURES = 8;

  private final Set<SignatureScheme> accepted;
  private final List<Secret> secrets;
  private final long window;

  /**
   * Makes a verifier. Without a scheme or without a secret it refuses everything.
   *
   * @param accepted the schemes that a request may use
   * @param secrets the secrets, any of which may have signed
   */
  public SignatureVerifier(Set<SignatureScheme> accepted, List<Secret> secrets) {
    this(accepted, secrets, WINDOW);
  }

  /**
   * Makes a verifier with a window of its own.
   *
   * @param accepted the schemes that a request may use
   * @param secrets the secrets, any of which may have signed
   * @param window how old a time stamp may be, and how far ahead, in milliseconds; both ends belong
   *     to it
   */
  public SignatureVerifier(Set<SignatureScheme> accepted, List<Secret> secrets, long window) {
    this.accepted = Set.copyOf(accepted);
    this.secrets = List.copyOf(secrets);
    this.window = window;
  }

  /**
   * Verifies a request.
   *
   * @param request the request as received
   * @param now our clock, in milliseconds
   */
  public Verification verify(SignedRequest request, long now) {
    return switch (SignatureClaim.of(accepted, request)) {
      case Incomplete claim -> new Rejected(claim.scheme(), claim.reason(), claim.text());
      case Complete claim -> verify(claim, request, now);
    };
  }

  private Verification verify(Complete claim, SignedRequest request, long now) {
    if (!claim.timestamp().isEmpty() && now - claim.at() > window) {
      return rejected(claim, Reason.TIMESTAMP_TOO_OLD, age(claim.at(), now, window));
    }
    if (!claim.timestamp().isEmpty() && claim.at() - now > window) {
      return rejected(claim, Reason.TIMESTAMP_IN_FUTURE, age(claim.at(), now, window));
    }
    List<String> given = signatures(claim);
    if (given.isEmpty() || given.size() > MOST_SIGNATURES) {
      return rejected(
          claim,
          Reason.SIGNATURE_MALFORMED,
          SignatureHeaders.STANDARD_SIGNATURE
              + " holds "
              + given.size()
              + " signatures of version v1: expected 1 to "
              + MOST_SIGNATURES);
    }
    return compare(claim, request, given);
  }

  private Verification compare(Complete claim, SignedRequest request, List<String> given) {
    int usable = 0;
    for (int index = 0; index < secrets.size(); index++) {
      byte[] key;
      try {
        key = SignatureInput.key(claim.scheme(), secrets.get(index));
      } catch (IllegalArgumentException e) {
        continue;
      }
      usable++;
      if (isAnyOf(given, input(claim, request, key).signature())) {
        return new Verified(claim.scheme(), index);
      }
    }
    return noneFits(claim, usable);
  }

  private Rejected noneFits(Complete claim, int usable) {
    if (secrets.isEmpty()) {
      return rejected(claim, Reason.SECRET_MISSING, "the connection has no signing secret");
    }
    if (usable == 0) {
      return rejected(
          claim,
          Reason.SECRET_MALFORMED,
          "no secret of the connection is whsec_ followed by base64");
    }
    return rejected(
        claim,
        Reason.SIGNATURE_WRONG,
        "the "
            + claim.scheme().word()
            + " signature fits this request under none of "
            + usable
            + (usable == 1 ? " secret" : " secrets"));
  }

  /** Returns what a scheme's digest covers of a request. */
  static SignatureInput input(Complete claim, SignedRequest request, byte[] key) {
    boolean decodes = claim.scheme() == SignatureScheme.HUBSPOT_V3;
    return new SignatureInput(
        claim.scheme(),
        key,
        request.method(),
        decodes ? HubSpotAddress.signed(request.uri()) : request.uri(),
        request.body(),
        claim.timestamp(),
        claim.id());
  }

  /** Returns the signatures in the header, in the form that {@link SignatureInput} writes. */
  static List<String> signatures(Complete claim) {
    if (claim.scheme() != SignatureScheme.STANDARD) {
      return List.of(claim.signature());
    }
    List<String> signatures = new ArrayList<>();
    for (String signature : claim.signature().split(" ", -1)) {
      if (signature.startsWith("v1,")) {
        signatures.add(signature);
      }
    }
    return signatures;
  }

  /** Tells whether a signature is among others, in a time that does not depend on how alike. */
  static boolean isAnyOf(List<String> given, String expected) {
    byte[] wanted = utf8(expected);
    boolean found = false;
    for (String one : given) {
      found |= MessageDigest.isEqual(wanted, utf8(one));
    }
    return found;
  }

  /** Returns how far apart two instants are, and what is allowed. */
  static String age(long at, long now, long window) {
    long apart = now - at;
    return "the time stamp is "
        + seconds(Math.abs(apart))
        + " s "
        + (apart < 0 ? "in the future" : "old")
        + ": expected at most "
        + seconds(window)
        + " s";
  }

  private static String seconds(long millis) {
    long rest = millis % SignatureClaim.SECOND;
    String whole = Long.toString(millis / SignatureClaim.SECOND);
    return rest == 0 ? whole : whole + "." + Long.toString(1_000 + rest).substring(1);
  }

  private static Rejected rejected(Complete claim, Reason reason, String text) {
    return new Rejected(claim.scheme(), reason, text);
  }
}
