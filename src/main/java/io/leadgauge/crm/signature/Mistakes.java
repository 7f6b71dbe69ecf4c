package io.leadgauge.crm.signature;

import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Part;
import io.leadgauge.crm.signature.SignatureClaim.Complete;
import io.leadgauge.crm.signature.SignatureClaim.Incomplete;
import io.leadgauge.model.Secret;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * The mistakes that people make with signatures, tried out until one explains the digest given.
 *
 * <p>A digest cannot be read backwards, but each mistake changes one part of what was signed, so
 * signing again with that change tells. The list is what public integrations got wrong: the address
 * seen behind a proxy, the undecoded address, the body parsed and written again, seconds for
 * milliseconds, hex for base64, v1 for v3, parts joined by line feeds, a secret with a line feed.
 */
final class Mistakes {
  /** How far from the header the signed time stamp is looked for, in milliseconds. */
  private static final int NEAR = 2_000;

  /** From here on a number of seconds would be past the year 5000: it is milliseconds. */
  private static final long MILLIS_FROM = 100_000_000_000L;

  private final SignatureClaim claim;
  private final List<Secret> secrets;
  private final List<byte[]> keys;
  private final long window;
  private final SignedRequest request;
  private final long now;

  Mistakes(
      SignatureClaim claim,
      List<Secret> secrets,
      List<byte[]> keys,
      long window,
      SignedRequest request,
      long now) {
    this.claim = claim;
    this.secrets = secrets;
    this.keys = keys;
    this.window = window;
    this.request = request;
    this.now = now;
  }

  /** Returns the form in which a scheme writes its digest. */
  static String form(SignatureScheme scheme) {
    return switch (scheme) {
      case HUBSPOT_V1, HUBSPOT_V2 -> "64 hex digits in lower case";
      case HUBSPOT_V3 -> "44 characters of base64, ending in '='";
      case STANDARD -> "v1, and 44 characters of base64, ending in '='";
    };
  }

  /** Returns what unit a time stamp seems to have, if it is not the one its scheme asks for. */
  static Optional<String> looksLikeOtherUnit(Complete claim) {
    boolean millis = Long.parseLong(claim.timestamp()) >= MILLIS_FROM;
    return switch (claim.scheme()) {
      case HUBSPOT_V1, HUBSPOT_V2 -> Optional.empty();
      case HUBSPOT_V3 ->
          millis ? Optional.empty() : Optional.of("which looks like seconds, not milliseconds");
      case STANDARD ->
          millis ? Optional.of("which looks like milliseconds, not seconds") : Optional.empty();
    };
  }

  /** Returns the part that is wrong; null if no mistake explains the digest. */
  @Nullable Finding find() {
    return switch (claim) {
      case Incomplete incomplete -> new Finding(part(incomplete), incomplete.text());
      case Complete complete -> find(complete);
    };
  }

  private static Part part(Incomplete claim) {
    return switch (claim.reason()) {
      case SCHEME_NOT_ACCEPTED, SCHEME_UNKNOWN -> Part.SCHEME;
      case SECRET_MISSING, SECRET_MALFORMED -> Part.SECRET;
      case TIMESTAMP_MISSING, TIMESTAMP_MALFORMED, TIMESTAMP_TOO_OLD, TIMESTAMP_IN_FUTURE ->
          Part.TIMESTAMP;
      case ID_MISSING -> Part.ID;
      case SIGNATURE_MISSING,
          SIGNATURE_EMPTY,
          SIGNATURE_MALFORMED,
          SIGNATURE_WRONG,
          HEADER_REPEATED ->
          Part.SIGNATURE;
    };
  }

  private @Nullable Finding find(Complete complete) {
    if (keys.isEmpty()) {
      return new Finding(Part.SECRET, "none that the scheme can use: see the step 'secret'");
    }
    List<String> given = SignatureVerifier.signatures(complete);
    if (given.size() > SignatureVerifier.MOST_SIGNATURES) {
      return new Finding(
          Part.SIGNATURE,
          given.size() + " signatures: expected at most " + SignatureVerifier.MOST_SIGNATURES);
    }
    List<GivenDigest> digests =
        generously(given, complete).stream()
            .flatMap(one -> GivenDigest.read(one).stream())
            .toList();
    if (digests.isEmpty()) {
      return new Finding(Part.SIGNATURE, notADigest(given, complete));
    }
    for (byte[] key : keys) {
      Finding finding = find(complete, digests, SignatureVerifier.input(complete, request, key));
      if (finding != null) {
        return finding;
      }
    }
    return secretGuesses(complete)
        .filter(guess -> fits(digests, guess.input().digest()))
        .findFirst()
        .map(Guess::finding)
        .orElse(null);
  }

  private @Nullable Finding find(
      Complete complete, List<GivenDigest> digests, SignatureInput input) {
    if (fits(digests, input.digest())) {
      return rightDigest(complete, digests);
    }
    return Guess.all(input, request.uri())
        .filter(guess -> fits(digests, guess.input().digest()))
        .findFirst()
        .map(Guess::finding)
        .orElseGet(() -> nearbyTimestamp(input, digests));
  }

  /** Returns what may be meant as a signature: where nothing is well formed, any of its parts. */
  private static List<String> generously(List<String> given, Complete complete) {
    return given.isEmpty() ? List.of(complete.signature().strip().split("[ ;]+", -1)) : given;
  }

  private static String notADigest(List<String> given, Complete complete) {
    return given.isEmpty()
        ? noneOfVersion(complete)
        : "not a digest: expected " + form(complete.scheme());
  }

  /** Says that a Standard Webhooks header holds no signature that is made with a secret. */
  static String noneOfVersion(Complete complete) {
    boolean asymmetric = complete.signature().startsWith("v1a,");
    return "holds none that begins with 'v1,'"
        + (asymmetric
            ? ": v1a is made with a private key, and only secrets are accepted here"
            : "");
  }

  private static boolean fits(List<GivenDigest> digests, byte[] digest) {
    return digests.stream().anyMatch(one -> MessageDigest.isEqual(one.bytes(), digest));
  }

  private Finding rightDigest(Complete complete, List<GivenDigest> digests) {
    boolean fresh = Math.abs(now - complete.at()) <= window;
    if (fresh || complete.timestamp().isEmpty()) {
      return new Finding(
          Part.SIGNATURE,
          "the digest is right, but written as "
              + digests.getFirst().form()
              + ": expected "
              + form(complete.scheme()));
    }
    String unit = looksLikeOtherUnit(complete).orElse("sent late or again, or a clock is wrong");
    return new Finding(
        Part.TIMESTAMP,
        "the signature is right, but "
            + SignatureVerifier.age(complete.at(), now, window)
            + " ("
            + unit
            + ")");
  }

  /**
   * Looks for the signed time stamp around the one in the header. The time stamp is the last thing
   * that v3 hashes, so the digest up to it is computed once and copied for each try.
   */
  private static @Nullable Finding nearbyTimestamp(
      SignatureInput input, List<GivenDigest> digests) {
    if (input.scheme() != SignatureScheme.HUBSPOT_V3) {
      return null;
    }
    Mac upToStamp = SignatureInput.hmacOf(input.key());
    upToStamp.update(SignatureInput.utf8(input.method() + input.uri()));
    upToStamp.update(input.body());
    long stamp = Long.parseLong(input.timestamp());
    for (int apart = 1; apart <= NEAR; apart++) {
      for (long other : new long[] {stamp - apart, stamp + apart}) {
        String text = Long.toString(other);
        if (fits(digests, finished(upToStamp, text))) {
          return new Finding(Part.TIMESTAMP, Guess.overStamp(input, text));
        }
      }
    }
    return null;
  }

  private static byte[] finished(Mac upToStamp, String stamp) {
    try {
      Mac mac = (Mac) upToStamp.clone();
      return mac.doFinal(SignatureInput.utf8(stamp));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own HMAC can be copied", e);
    }
  }

  private Stream<Guess> secretGuesses(Complete complete) {
    List<Guess> guesses = new ArrayList<>();
    for (Secret secret : secrets) {
      String text = secret.reveal();
      if (text.length() > text.strip().length()) {
        secretGuess(guesses, complete, "without the white space around it", utf8(text.strip()));
      }
      secretGuess(guesses, complete, "by its text, not decoded", utf8(text));
      secretGuess(guesses, complete, "by its text without prefix", utf8(withoutPrefix(text)));
      decoded(text).ifPresent(key -> secretGuess(guesses, complete, "decoded from base64", key));
      hex(text).ifPresent(key -> secretGuess(guesses, complete, "decoded from hex", key));
    }
    return guesses.stream();
  }

  private void secretGuess(List<Guess> guesses, Complete complete, String what, byte[] key) {
    if (key.length > 0) {
      SignatureInput input = SignatureVerifier.input(complete, request, key);
      guesses.add(new Guess(Part.SECRET, "the signature takes the secret " + what, input));
    }
  }

  private static String withoutPrefix(String text) {
    return text.substring(text.indexOf('_') + 1);
  }

  private static byte[] utf8(String text) {
    return SignatureInput.utf8(text);
  }

  private static Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(Base64.getMimeDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> hex(String text) {
    try {
      return Optional.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
