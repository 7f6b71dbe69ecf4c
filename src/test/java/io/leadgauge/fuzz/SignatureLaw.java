package io.leadgauge.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.crm.signature.SignatureCheck;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignatureVerifier;
import io.leadgauge.crm.signature.SignedRequest;
import io.leadgauge.crm.signature.Verification;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A request is verified or refused with a reason, the explanation agrees, and nothing that is
 * explained quotes the secret; none of a time passes at another.
 */
final class SignatureLaw {
  static final long NOW = 1_790_000_000_000L;
  static final Secret PLAIN = Secret.of("client-secret-of-the-fuzzer");
  static final Secret ENCODED = Secret.of("whsec_Y2xpZW50LXNlY3JldC1vZi10aGUtZnV6emVyLTAx");
  private static final List<Secret> SECRETS = List.of(PLAIN, ENCODED);
  private static final long YEAR = 365L * 24 * 60 * 60 * 1_000;

  private SignatureLaw() {}

  static void check(byte[] data) {
    SignedRequest request = request(data);
    for (SignatureScheme scheme : SignatureScheme.values()) {
      check(Set.of(scheme), request);
    }
    check(
        Set.of(SignatureScheme.HUBSPOT_V1, SignatureScheme.HUBSPOT_V2, SignatureScheme.HUBSPOT_V3),
        request);
  }

  private static void check(Set<SignatureScheme> accepted, SignedRequest request) {
    SignatureVerifier verifier = new SignatureVerifier(accepted, SECRETS);
    Verification verification = verifier.verify(request, NOW);
    boolean verified = verification instanceof Verification.Verified;
    SignatureCheck check = SignatureCheck.of(accepted, SECRETS, request, NOW);
    Laws.hold(check.valid() == verified, "the check and the verifier disagree");
    Laws.hold(verification.equals(verifier.verify(request, NOW)), "another answer");
    for (SignatureCheck.Step step : check.steps()) {
      boolean quotes = step.detail().contains(PLAIN.reveal());
      Laws.hold(!quotes || quotesItself(request), "a step quotes the secret");
    }
    if (verification instanceof Verification.Rejected rejected) {
      Laws.hold(!rejected.text().isBlank(), "refused without words");
    }
    boolean timed =
        accepted.contains(SignatureScheme.HUBSPOT_V3)
            || accepted.contains(SignatureScheme.STANDARD);
    if (verified && timed && accepted.size() == 1) {
      Laws.hold(
          verifier.verify(request, NOW + YEAR) instanceof Verification.Rejected, "never too old");
    }
  }

  /** Whoever sends our secret sees it again. */
  private static boolean quotesItself(SignedRequest request) {
    return (request.uri() + request.headers() + request.method()).contains(PLAIN.reveal());
  }

  /** Reads method, address and headers, a line each, and after an empty line the body. */
  private static SignedRequest request(byte[] data) {
    String text = new String(data, ISO_8859_1);
    int end = text.indexOf("\n\n");
    List<String> lines =
        new ArrayList<>(Arrays.asList((end < 0 ? text : text.substring(0, end)).split("\n", -1)));
    String[] first = lines.removeFirst().split(" ", 2);
    List<Header> headers = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(": ?", 2);
      headers.add(new Header(parts[0], parts.length < 2 ? "" : parts[1]));
    }
    byte[] body = end < 0 ? new byte[0] : text.substring(end + 2).getBytes(ISO_8859_1);
    String uri = first.length < 2 ? "" : new String(first[1].getBytes(ISO_8859_1), UTF_8);
    return new SignedRequest(first[0], uri, headers, body);
  }
}
