package io.leadgauge.crm.signature;

import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Result;
import io.leadgauge.crm.signature.SignatureCheck.Step;
import io.leadgauge.crm.signature.SignatureClaim.Complete;
import io.leadgauge.crm.signature.SignatureClaim.Incomplete;
import io.leadgauge.crm.signature.Verification.Reason;
import io.leadgauge.crm.signature.Verification.Verified;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One check under way: looks at one thing after the other and writes down what it sees. */
final class SignatureSteps {
  private static final int SHOWN_HASH_BYTES = 8;
  private static final int SHOWN_SIGNATURE = 200;

  private final SignatureScheme scheme;
  private final List<Secret> secrets;
  private final long window;
  private final SignedRequest request;
  private final long now;
  private final SignatureClaim claim;
  private final List<Step> steps = new ArrayList<>();

  SignatureSteps(
      SignatureScheme scheme, List<Secret> secrets, long window, SignedRequest request, long now) {
    this.scheme = scheme;
    this.secrets = secrets;
    this.window = window;
    this.request = request;
    this.now = now;
    this.claim = SignatureClaim.of(scheme, request);
  }

  SignatureCheck check() {
    Verification verdict =
        new SignatureVerifier(Set.of(scheme), secrets, window).verify(claimed(), now);
    boolean valid = verdict instanceof Verified;
    step("scheme", Result.OK, scheme.word() + ": " + meaning());
    List<byte[]> keys = secretStep();
    signatureStep();
    timestampStep();
    signedTextStep();
    digestStep(keys);
    Finding finding =
        valid ? null : new Mistakes(claim, secrets, keys, window, request, now).find();
    if (!valid) {
      wrongPartStep(finding);
    }
    return new SignatureCheck(valid, steps, finding);
  }

  /** Returns the request with the header that tells v1 from v2, since the scheme is given here. */
  private SignedRequest claimed() {
    return switch (scheme) {
      case HUBSPOT_V1 -> versioned("v1");
      case HUBSPOT_V2 -> versioned("v2");
      case HUBSPOT_V3, STANDARD -> request;
    };
  }

  private SignedRequest versioned(String version) {
    List<Header> headers = new ArrayList<>(request.headers());
    headers.removeIf(one -> one.name().equalsIgnoreCase(SignatureHeaders.HUBSPOT_VERSION));
    headers.add(new Header(SignatureHeaders.HUBSPOT_VERSION, version));
    return new SignedRequest(request.method(), request.uri(), headers, request.body());
  }

  private String meaning() {
    return switch (scheme) {
      case HUBSPOT_V1 -> "hex SHA-256 of secret + body";
      case HUBSPOT_V2 -> "hex SHA-256 of secret + method + address + body";
      case HUBSPOT_V3 -> "base64 HMAC-SHA256 of method + address + body + time stamp";
      case STANDARD -> "base64 HMAC-SHA256 of id.timestamp.body";
    };
  }

  private List<byte[]> secretStep() {
    List<byte[]> keys = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    for (Secret secret : secrets) {
      try {
        keys.add(SignatureInput.key(scheme, secret));
      } catch (IllegalArgumentException e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
      if (secret.reveal().length() > secret.reveal().strip().length()) {
        troubles.add("white space at an end of the secret is part of it");
      }
    }
    if (keys.isEmpty()) {
      String text = troubles.isEmpty() ? "none is given" : troubles.getFirst();
      step("secret", Result.FAILED, text);
    } else if (troubles.isEmpty()) {
      step("secret", Result.OK, keys.size() == 1 ? "one to try" : keys.size() + " to try");
    } else {
      step("secret", Result.UNKNOWN, troubles.getFirst());
    }
    return keys;
  }

  private void signatureStep() {
    String header = SignatureHeaders.signature(scheme);
    switch (claim) {
      case Incomplete incomplete when isAboutSignature(incomplete.reason()) ->
          step("signature", Result.FAILED, incomplete.text());
      case Incomplete incomplete -> step("signature", Result.OK, header + " is there");
      case Complete complete -> shapeStep(header, complete);
    }
  }

  private boolean isAboutSignature(Reason reason) {
    return reason == Reason.SIGNATURE_MISSING
        || reason == Reason.SIGNATURE_EMPTY
        || (reason == Reason.HEADER_REPEATED
            && request.values(SignatureHeaders.signature(scheme)).size() > 1);
  }

  private void shapeStep(String header, Complete complete) {
    List<String> given = SignatureVerifier.signatures(complete);
    if (given.isEmpty()) {
      step("signature", Result.FAILED, header + " " + Mistakes.noneOfVersion(complete));
      return;
    }
    if (given.size() > SignatureVerifier.MOST_SIGNATURES) {
      step("signature", Result.FAILED, header + " holds " + given.size() + " signatures");
      return;
    }
    Optional<GivenDigest> digest = GivenDigest.read(given.getFirst());
    String found =
        digest.map(GivenDigest::form).orElse(given.getFirst().length() + " characters, no digest");
    boolean shaped = digest.filter(one -> written(one).equals(given.getFirst())).isPresent();
    step(
        "signature",
        shaped ? Result.OK : Result.FAILED,
        header + ": " + found + (shaped ? "" : ": expected " + Mistakes.form(scheme)));
  }

  private String written(GivenDigest digest) {
    return new SignatureInput(scheme, new byte[0], "", "", new byte[0], "", "")
        .written(digest.bytes());
  }

  private void timestampStep() {
    if (scheme == SignatureScheme.HUBSPOT_V1 || scheme == SignatureScheme.HUBSPOT_V2) {
      step("time stamp", Result.OK, "none: this scheme has no window, so it can be repeated");
      return;
    }
    switch (claim) {
      case Incomplete incomplete when isAboutSignature(incomplete.reason()) ->
          step("time stamp", Result.UNKNOWN, "not looked at");
      case Incomplete incomplete when incomplete.reason() == Reason.ID_MISSING ->
          step("message id", Result.FAILED, incomplete.text());
      case Incomplete incomplete -> step("time stamp", Result.FAILED, incomplete.text());
      case Complete complete -> ageStep(complete);
    }
  }

  private void ageStep(Complete complete) {
    boolean fresh = Math.abs(now - complete.at()) <= window;
    String unit = Mistakes.looksLikeOtherUnit(complete).map(other -> ", " + other).orElse("");
    step(
        "time stamp",
        fresh ? Result.OK : Result.FAILED,
        complete.timestamp() + unit + ": " + SignatureVerifier.age(complete.at(), now, window));
  }

  private void signedTextStep() {
    if (claim instanceof Complete complete) {
      SignatureInput input = SignatureVerifier.input(complete, request, new byte[0]);
      step("signed text", Result.OK, signedText(input));
    } else {
      step("signed text", Result.UNKNOWN, "not complete");
    }
  }

  private static String signedText(SignatureInput input) {
    String body =
        "body ("
            + input.body().length
            + " bytes, sha256 "
            + HexFormat.of().formatHex(SignatureInput.sha256(input.body()), 0, SHOWN_HASH_BYTES)
            + "…)";
    return switch (input.scheme()) {
      case HUBSPOT_V1 -> "secret + " + body;
      case HUBSPOT_V2 -> "secret + " + input.method() + " + " + input.uri() + " + " + body;
      case HUBSPOT_V3 ->
          input.method() + " + " + input.uri() + " + " + body + " + " + input.timestamp();
      case STANDARD -> input.id() + "." + input.timestamp() + "." + body;
    };
  }

  private void digestStep(List<byte[]> keys) {
    if (!(claim instanceof Complete complete) || keys.isEmpty()) {
      step("digest", Result.UNKNOWN, "not computed");
      return;
    }
    List<String> given = SignatureVerifier.signatures(complete);
    for (int index = 0; index < keys.size(); index++) {
      String expected = SignatureVerifier.input(complete, request, keys.get(index)).signature();
      if (SignatureVerifier.isAnyOf(given, expected)) {
        step("digest", Result.OK, expected + (keys.size() == 1 ? "" : ", secret " + (index + 1)));
        return;
      }
    }
    String expected = SignatureVerifier.input(complete, request, keys.getFirst()).signature();
    step("digest", Result.FAILED, "expected " + expected + ", given " + shown(complete));
  }

  private static String shown(Complete complete) {
    String text = complete.signature();
    return text.length() <= SHOWN_SIGNATURE ? text : text.substring(0, SHOWN_SIGNATURE) + "…";
  }

  private void wrongPartStep(@Nullable Finding finding) {
    if (finding == null) {
      step(
          "wrong part",
          Result.UNKNOWN,
          "no usual mistake explains the digest: most likely another secret, or another body");
    } else {
      String part = finding.part().name().toLowerCase(Locale.ROOT);
      step("wrong part", Result.FAILED, part + ": " + finding.text());
    }
  }

  private void step(String name, Result result, String detail) {
    steps.add(new Step(name, result, detail));
  }
}
