package io.leadgauge.cli;

import io.leadgauge.pipeline.BodyTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how long the bodies of deliveries and answers are kept. */
final class KeepBodies {
  private static final String FOR_EVER = "forever";
  private static final String UNBOUNDED = "unbounded";
  private static final Pattern AGE = Pattern.compile("([0-9]{1,5})([hd])");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(MB|GB|TB)");

  @Option(
      names = "--keep-bodies",
      paramLabel = "AGE",
      description =
          "How long what came is kept to the byte: 90d, 12h, or forever. The facts that it told "
              + "are always kept. Default: ${DEFAULT-VALUE}",
      defaultValue = "90d")
  private String age = "90d";

  @Option(
      names = "--keep-bodies-size",
      paramLabel = "SIZE",
      description =
          "How much all of that may be together, as it is stored: 500MB, 10GB, or unbounded; "
              + "beyond it the oldest goes earlier. Default: ${DEFAULT-VALUE}",
      defaultValue = "10GB")
  private String size = "10GB";

  /**
   * Returns what the options say.
   *
   * @throws WrongUse if that is no age or no size
   */
  BodyTerms terms() {
    return new BodyTerms(age(), size());
  }

  private @Nullable Duration age() {
    if (age.equals(FOR_EVER)) {
      return null;
    }
    Matcher matcher = AGE.matcher(age);
    if (!matcher.matches()) {
      throw new WrongUse(
          "--keep-bodies " + age + ", expected days or hours such as 90d or 12h, or " + FOR_EVER);
    }
    long count = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count);
  }

  private long size() {
    if (size.equals(UNBOUNDED)) {
      return Long.MAX_VALUE;
    }
    Matcher matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw new WrongUse(
          "--keep-bodies-size " + size + ", expected such as 500MB, 10GB or 1TB, or " + UNBOUNDED);
    }
    int zeros =
        switch (matcher.group(2)) {
          case "MB" -> 6;
          case "GB" -> 9;
          default -> 12;
        };
    return new BigDecimal(matcher.group(1)).movePointRight(zeros).longValueExact();
  }
}
