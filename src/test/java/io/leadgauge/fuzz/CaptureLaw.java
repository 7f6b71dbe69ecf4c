package io.leadgauge.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.replay.CaptureLines;
import io.leadgauge.replay.CaptureLines.UnreadableLineException;
import io.leadgauge.replay.CapturedDelivery;
import io.leadgauge.replay.PseudonymousDelivery;
import io.leadgauge.replay.Pseudonyms;
import io.leadgauge.replay.Replacement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line is a delivery, or it is said why not; written again it is the same delivery, and what is
 * given away of it is read, written and given away as well.
 */
final class CaptureLaw {
  private CaptureLaw() {}

  static void check(byte[] line) {
    CapturedDelivery delivery;
    try {
      delivery = CaptureLines.read(line);
    } catch (UnreadableLineException e) {
      Laws.hold(!String.valueOf(e.getMessage()).isBlank(), "refused without words");
      return;
    }
    same(delivery);
    PseudonymousDelivery giving =
        new PseudonymousDelivery(
            new Replacement(
                new Pseudonyms(new byte[Pseudonyms.KEY_BYTES], false), true, List.of(), List.of()));
    Optional<CapturedDelivery> given = giving.of(delivery);
    given.ifPresent(CaptureLaw::same);
  }

  private static void same(CapturedDelivery delivery) {
    CapturedDelivery again;
    try {
      again = CaptureLines.read(CaptureLines.write(delivery).getBytes(UTF_8));
    } catch (UnreadableLineException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
    Laws.hold(Arrays.equals(again.body(), delivery.body()), "another body");
    Laws.hold(again.receivedAt() == delivery.receivedAt(), "another instant");
  }
}
