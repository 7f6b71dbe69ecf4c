package io.leadgauge.crm.signature;

import static io.leadgauge.crm.signature.SignatureHeaders.HUBSPOT_SIGNATURE;
import static io.leadgauge.crm.signature.SignatureHeaders.HUBSPOT_SIGNATURE_V3;
import static io.leadgauge.crm.signature.SignatureHeaders.HUBSPOT_TIMESTAMP;
import static io.leadgauge.crm.signature.SignatureHeaders.HUBSPOT_VERSION;
import static io.leadgauge.crm.signature.SignatureHeaders.STANDARD_ID;
import static io.leadgauge.crm.signature.SignatureHeaders.STANDARD_SIGNATURE;
import static io.leadgauge.crm.signature.SignatureHeaders.STANDARD_TIMESTAMP;

import io.leadgauge.crm.signature.Verification.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a request's headers claim: the scheme, the signature, the instant. */
sealed interface SignatureClaim {
  /**
   * The headers are complete and can be checked.
   *
   * @param scheme the scheme
   * @param signature the signature header
   * @param timestamp the time stamp header; empty where the scheme has none
   * @param at the instant it names, in milliseconds; 0 where the scheme has none
   * @param id the message id header; empty where the scheme has none
   */
  record Complete(SignatureScheme scheme, String signature, String timestamp, long at, String id)
      implements SignatureClaim {}

  /**
   * The headers say too little.
   *
   * @param scheme the scheme, as far as it can be told
   * @param reason what is missing
   * @param text the same for a reader
   */
  record Incomplete(@Nullable SignatureScheme scheme, Reason reason, String text)
      implements SignatureClaim {}

  /**
   * A plain decimal number of at most 15 digits, so that neither {@code +5} nor {@code 05} passes
   * for 5 and seconds times thousand still fit a {@code long}.
   */
  Pattern TIMESTAMP = Pattern.compile("0|[1-9][0-9]{0,14}");

  /** Milliseconds in a second. */
  long SECOND = 1_000;

  /**
   * Reads the claim of a request.
   *
   * <p>HubSpot sends v1 next to v3. Where v3 is accepted and its header is there, only v3 counts,
   * so that a v3 that fails cannot pass as v1, which has no time stamp and can be repeated by
   * anyone who saw it once. v1 and v2 share a header and are told apart by {@link
   * SignatureHeaders#HUBSPOT_VERSION} alone.
   */
  static SignatureClaim of(Set<SignatureScheme> accepted, SignedRequest request) {
    if (accepted.contains(SignatureScheme.HUBSPOT_V3) && has(request, HUBSPOT_SIGNATURE_V3)) {
      return of(SignatureScheme.HUBSPOT_V3, request);
    }
    if (accepted.contains(SignatureScheme.STANDARD) && has(request, STANDARD_SIGNATURE)) {
      return of(SignatureScheme.STANDARD, request);
    }
    if (acceptsHex(accepted) && has(request, HUBSPOT_SIGNATURE)) {
      return ofVersion(accepted, request);
    }
    return notAccepted(accepted, request);
  }

  private static boolean has(SignedRequest request, String header) {
    return !request.values(header).isEmpty();
  }

  private static boolean acceptsHex(Set<SignatureScheme> accepted) {
    return accepted.contains(SignatureScheme.HUBSPOT_V1)
        || accepted.contains(SignatureScheme.HUBSPOT_V2);
  }

  private static SignatureClaim ofVersion(Set<SignatureScheme> accepted, SignedRequest request) {
    List<String> versions = request.values(HUBSPOT_VERSION);
    if (versions.size() > 1) {
      return repeated(null, HUBSPOT_VERSION);
    }
    String version = versions.isEmpty() ? "" : versions.getFirst();
    SignatureScheme scheme =
        switch (version) {
          case "v1" -> SignatureScheme.HUBSPOT_V1;
          case "v2" -> SignatureScheme.HUBSPOT_V2;
          default -> null;
        };
    if (scheme == null) {
      return new Incomplete(
          null,
          Reason.SCHEME_UNKNOWN,
          HUBSPOT_VERSION
              + (versions.isEmpty() ? " is missing" : " is '" + version + "'")
              + ": expected v1 or v2");
    }
    return accepted.contains(scheme) ? of(scheme, request) : refused(scheme, accepted);
  }

  private static SignatureClaim notAccepted(Set<SignatureScheme> accepted, SignedRequest request) {
    if (has(request, HUBSPOT_SIGNATURE_V3)) {
      return refused(SignatureScheme.HUBSPOT_V3, accepted);
    }
    if (has(request, STANDARD_SIGNATURE)) {
      return refused(SignatureScheme.STANDARD, accepted);
    }
    if (has(request, HUBSPOT_SIGNATURE)) {
      boolean second = request.values(HUBSPOT_VERSION).equals(List.of("v2"));
      return refused(second ? SignatureScheme.HUBSPOT_V2 : SignatureScheme.HUBSPOT_V1, accepted);
    }
    String headers =
        accepted.stream()
            .map(SignatureHeaders::signature)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" or "));
    return new Incomplete(
        null,
        Reason.SIGNATURE_MISSING,
        accepted.isEmpty()
            ? "the connection lists no signature scheme, so nothing is accepted"
            : "no signature: expected the header " + headers);
  }

  private static Incomplete refused(SignatureScheme scheme, Set<SignatureScheme> accepted) {
    String words =
        accepted.isEmpty()
            ? "none"
            : EnumSet.copyOf(accepted).stream()
                .map(SignatureScheme::word)
                .collect(Collectors.joining(", "));
    return new Incomplete(
        scheme,
        Reason.SCHEME_NOT_ACCEPTED,
        "signed as " + scheme.word() + ", and the connection accepts " + words);
  }

  /** Reads the headers of one scheme. */
  static SignatureClaim of(SignatureScheme scheme, SignedRequest request) {
    String header = SignatureHeaders.signature(scheme);
    List<String> signatures = request.values(header);
    if (signatures.isEmpty()) {
      return new Incomplete(
          scheme, Reason.SIGNATURE_MISSING, "no signature: expected the header " + header);
    }
    if (signatures.size() > 1) {
      return repeated(scheme, header);
    }
    String signature = signatures.getFirst();
    if (signature.isEmpty()) {
      return new Incomplete(scheme, Reason.SIGNATURE_EMPTY, header + " is empty");
    }
    return switch (scheme) {
      case HUBSPOT_V1, HUBSPOT_V2 -> new Complete(scheme, signature, "", 0, "");
      case HUBSPOT_V3 -> timed(scheme, signature, request, HUBSPOT_TIMESTAMP, 1, "");
      case STANDARD -> identified(signature, request);
    };
  }

  private static SignatureClaim identified(String signature, SignedRequest request) {
    List<String> ids = request.values(STANDARD_ID);
    if (ids.size() > 1) {
      return repeated(SignatureScheme.STANDARD, STANDARD_ID);
    }
    if (ids.isEmpty() || ids.getFirst().isEmpty()) {
      return new Incomplete(
          SignatureScheme.STANDARD, Reason.ID_MISSING, STANDARD_ID + " is missing or empty");
    }
    return timed(
        SignatureScheme.STANDARD, signature, request, STANDARD_TIMESTAMP, SECOND, ids.getFirst());
  }

  private static SignatureClaim timed(
      SignatureScheme scheme,
      String signature,
      SignedRequest request,
      String header,
      long unit,
      String id) {
    List<String> stamps = request.values(header);
    if (stamps.size() > 1) {
      return repeated(scheme, header);
    }
    if (stamps.isEmpty() || stamps.getFirst().isEmpty()) {
      return new Incomplete(scheme, Reason.TIMESTAMP_MISSING, header + " is missing or empty");
    }
    String stamp = stamps.getFirst();
    if (!TIMESTAMP.matcher(stamp).matches()) {
      return new Incomplete(
          scheme,
          Reason.TIMESTAMP_MALFORMED,
          header
              + " is '"
              + stamp
              + "': expected "
              + (unit == 1 ? "milliseconds" : "seconds")
              + " since 1970 as a plain number");
    }
    return new Complete(scheme, signature, stamp, Long.parseLong(stamp) * unit, id);
  }

  private static Incomplete repeated(@Nullable SignatureScheme scheme, String header) {
    return new Incomplete(
        scheme, Reason.HEADER_REPEATED, header + " came more than once: expected it once");
  }
}
