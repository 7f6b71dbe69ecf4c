package io.leadgauge.crm.signature;

import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something that a signer may have signed in place of what we have.
 *
 * @param part the part that would be wrong
 * @param text how, and what to do
 * @param input what would have been signed
 */
record Guess(Part part, String text, SignatureInput input) {
  /** How far from the header a time stamp in seconds is looked for; each try is a whole digest. */
  private static final int NEAR_SECONDS = 5;

  private static final List<String> METHODS =
      List.of("POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "");

  /** Returns the guess as what is wrong. */
  Finding finding() {
    return new Finding(part, text);
  }

  /**
   * Returns the guesses, the likeliest kinds first.
   *
   * @param input what should have been signed
   * @param uri the address as it was sent, escapes and all
   */
  static Stream<Guess> all(SignatureInput input, String uri) {
    return Stream.of(
            schemes(input, uri),
            addresses(input, uri),
            methods(input),
            bodies(input),
            timestamps(input),
            ids(input),
            joins(input))
        .flatMap(List::stream);
  }

  private static List<Guess> schemes(SignatureInput input, String uri) {
    if (input.scheme() == SignatureScheme.STANDARD) {
      return List.of();
    }
    List<Guess> guesses = new ArrayList<>();
    for (SignatureScheme other : SignatureScheme.values()) {
      if (other == input.scheme() || other == SignatureScheme.STANDARD) {
        continue;
      }
      boolean decodes = other == SignatureScheme.HUBSPOT_V3;
      String signed = decodes ? HubSpotAddress.signed(uri) : uri;
      guesses.add(
          new Guess(
              Part.SCHEME,
              "this is the " + other.word() + " digest, given as " + input.scheme().word(),
              input.withScheme(other, input.key(), signed)));
    }
    return guesses;
  }

  private static List<Guess> addresses(SignatureInput input, String uri) {
    return switch (input.scheme()) {
      case HUBSPOT_V1, STANDARD -> List.of();
      case HUBSPOT_V2, HUBSPOT_V3 ->
          AddressGuess.all(uri).stream()
              .filter(guess -> !guess.uri().equals(input.uri()))
              .map(guess -> address(input, guess))
              .toList();
    };
  }

  private static Guess address(SignatureInput input, AddressGuess guess) {
    return new Guess(
        Part.ADDRESS,
        "the signature is over " + guess.uri() + " (" + guess.what() + ")",
        input.withUri(guess.uri()));
  }

  private static List<Guess> methods(SignatureInput input) {
    if (!coversMethod(input)) {
      return List.of();
    }
    List<String> others = new ArrayList<>(METHODS);
    others.add(input.method().toLowerCase(Locale.ROOT));
    others.remove(input.method());
    return others.stream()
        .map(
            method ->
                new Guess(
                    Part.METHOD,
                    "the signature is over the method '"
                        + method
                        + "', not '"
                        + input.method()
                        + "'",
                    input.withMethod(method)))
        .toList();
  }

  private static boolean coversMethod(SignatureInput input) {
    return input.scheme() == SignatureScheme.HUBSPOT_V2
        || input.scheme() == SignatureScheme.HUBSPOT_V3;
  }

  private static List<Guess> bodies(SignatureInput input) {
    return BodyGuess.all(input.body()).stream()
        .map(
            guess ->
                new Guess(
                    Part.BODY,
                    "the signature is over the body "
                        + guess.what()
                        + ": it was changed on its way, take the raw bytes",
                    input.withBody(guess.body())))
        .toList();
  }

  private static List<Guess> timestamps(SignatureInput input) {
    if (input.timestamp().isEmpty()) {
      return List.of();
    }
    long stamp = Long.parseLong(input.timestamp());
    List<String> others = new ArrayList<>();
    others.add(Long.toString(stamp / SignatureClaim.SECOND));
    others.add(Long.toString(stamp * SignatureClaim.SECOND));
    others.add("");
    if (input.scheme() == SignatureScheme.STANDARD) {
      for (int apart = 1; apart <= NEAR_SECONDS; apart++) {
        others.add(Long.toString(stamp - apart));
        others.add(Long.toString(stamp + apart));
      }
    }
    return others.stream()
        .map(
            other -> new Guess(Part.TIMESTAMP, overStamp(input, other), input.withTimestamp(other)))
        .toList();
  }

  /** Says which time stamp a signature is over; empty means that it is over none. */
  static String overStamp(SignatureInput input, String other) {
    return other.isEmpty()
        ? "the signature leaves the time stamp out"
        : "the signature is over the time stamp "
            + other
            + ", the header says "
            + input.timestamp();
  }

  private static List<Guess> ids(SignatureInput input) {
    if (input.scheme() != SignatureScheme.STANDARD) {
      return List.of();
    }
    return List.of(
        new Guess(
            Part.ID,
            "the signature leaves the message id out: expected webhook-id.webhook-timestamp.body",
            input.withText(input.timestamp() + ".")),
        new Guess(
            Part.ID,
            "the signature is over the message id without the white space around it",
            input.withText(input.id().strip() + "." + input.timestamp() + ".")));
  }

  private static List<Guess> joins(SignatureInput input) {
    if (input.scheme() == SignatureScheme.STANDARD) {
      return List.of(
          new Guess(
              Part.SIGNATURE,
              "the signature is over the body alone: expected webhook-id.webhook-timestamp.body",
              input.withText("")),
          new Guess(
              Part.SIGNATURE,
              "the parts are joined by nothing: expected a full stop between them",
              input.withText(input.id() + input.timestamp())));
    }
    if (!coversMethod(input)) {
      return List.of();
    }
    boolean timed = !input.timestamp().isEmpty();
    SignatureInput joined = input.withMethod(input.method() + "\n").withUri(input.uri() + "\n");
    return List.of(
        new Guess(
            Part.SIGNATURE,
            "the parts are joined by line feeds: expected nothing between them",
            timed ? joined.withTimestamp("\n" + input.timestamp()) : joined));
  }
}
