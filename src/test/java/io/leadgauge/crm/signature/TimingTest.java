package io.leadgauge.crm.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.signature.Verification.Rejected;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a signature takes to be refused does not tell how much of it is right: Welch's test over
 * times of two kinds, in an order by chance. The rule {@code SECRETS_IN_CONSTANT_TIME} holds by
 * construction what this measures; a machine with other work makes only noise.
 */
@Tag("long")
@Tag("alone")
class TimingTest {
  private static final long AT = 1_790_000_000_000L;
  private static final String URI = "https://leads.example.com/webhooks/acme";
  private static final Secret SECRET = Secret.of("a-client-secret-of-a-timing");
  private static final byte[] BODY = "[{\"eventId\":1}]".getBytes(UTF_8);
  private static final int EACH = 2_000_000;

  /** Above it, two kinds of times differ by more than chance: the usual bound for leaks. */
  private static final double DIFFERENT = 4.5;

  private static SignedRequest damaged(int at) {
    List<Header> headers = new ArrayList<>();
    for (Header header :
        new RequestSigner(SignatureScheme.HUBSPOT_V3, SECRET).sign("POST", URI, BODY, "", AT)) {
      boolean isDigest = header.name().equalsIgnoreCase("X-HubSpot-Signature-v3");
      headers.add(isDigest ? new Header(header.name(), damaged(header.value(), at)) : header);
    }
    return new SignedRequest("POST", URI, headers, BODY);
  }

  private static String damaged(String digest, int at) {
    char other = digest.charAt(at) == 'A' ? 'B' : 'A';
    return digest.substring(0, at) + other + digest.substring(at + 1);
  }

  @Test
  void refusal_ofASignature_takesAsLongWhereverItIsWrong() {
    long seed = Long.getLong("seed", 7);
    System.out.println("seed " + seed);
    SignatureVerifier verifier =
        new SignatureVerifier(Set.of(SignatureScheme.HUBSPOT_V3), List.of(SECRET));
    SignedRequest first = damaged(0);
    SignedRequest last = damaged(41);
    measured(verifier, first, last, new SplittableRandom(seed));
    double least = Double.MAX_VALUE;
    // What is there shows each time, what another program does does not.
    for (int i = 0; i < 3; i++) {
      double t = measured(verifier, first, last, new SplittableRandom(seed + i));
      System.out.println("t = " + t);
      least = Math.min(least, Math.abs(t));
    }
    assertThat(least).isLessThan(DIFFERENT);
  }

  private static double measured(
      SignatureVerifier verifier, SignedRequest one, SignedRequest other, SplittableRandom random) {
    long[][] times = new long[2][EACH];
    int[] count = new int[2];
    while (count[0] < EACH || count[1] < EACH) {
      int kind = random.nextInt(2);
      if (count[kind] == EACH) {
        continue;
      }
      SignedRequest request = kind == 0 ? one : other;
      long begun = System.nanoTime();
      Verification verification = verifier.verify(request, AT);
      times[kind][count[kind]++] = System.nanoTime() - begun;
      assertThat(verification instanceof Rejected).isTrue();
    }
    return welch(cropped(times[0]), cropped(times[1]));
  }

  /** Leaves out what was interrupted. */
  private static long[] cropped(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return Arrays.copyOf(sorted, sorted.length * 9 / 10);
  }

  private static double welch(long[] one, long[] other) {
    double mean = Arrays.stream(one).average().orElseThrow();
    double otherMean = Arrays.stream(other).average().orElseThrow();
    double spread = spread(one, mean) / one.length + spread(other, otherMean) / other.length;
    return (mean - otherMean) / Math.sqrt(spread);
  }

  private static double spread(long[] times, double mean) {
    return Arrays.stream(times).mapToDouble(time -> (time - mean) * (time - mean)).sum()
        / (times.length - 1);
  }
}
