package io.leadgauge.cli;

import io.leadgauge.crm.signature.SignatureCheck;
import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Step;
import io.leadgauge.crm.signature.SignatureHeaders;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignedRequest;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code leadgauge signature}: checks the signature of one webhook request step by step and names
 * the wrong part where it can. Exit code 0 for valid, 1 for invalid, 2 for used wrongly.
 */
@Command(
    name = "signature",
    description = "Checks a webhook signature step by step and names the wrong part.",
    mixinStandardHelpOptions = true)
public final class SignatureCommand implements Callable<Integer> {
  private static final int VALID = 0;
  private static final int INVALID = 1;

  /** The largest body that is read, in bytes. */
  private static final int MOST_BYTES = 64 << 20;

  private final Clockwork clock;
  private final InputStream standardInput;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
  private CommandSpec spec;

  @Option(
      names = "--scheme",
      required = true,
      paramLabel = "SCHEME",
      description = "hubspot-v1, hubspot-v2, hubspot-v3 or standard.")
  private String scheme = "";

  @Option(
      names = "--secret",
      required = true,
      paramLabel = "SECRET",
      description = "The signing secret; may be repeated during a rotation.")
  private List<String> secrets = List.of();

  @Option(
      names = "--method",
      defaultValue = "POST",
      paramLabel = "METHOD",
      description = "The HTTP method (default: POST).")
  private String method = "";

  @Option(
      names = "--uri",
      paramLabel = "URI",
      description = "The full public address with its query; hubspot-v2 and hubspot-v3 cover it.")
  private @Nullable String uri;

  @Option(
      names = "--timestamp",
      paramLabel = "TIMESTAMP",
      description = "The time stamp header as it came: milliseconds, for standard seconds.")
  private @Nullable String timestamp;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The webhook-id header; only standard covers it.")
  private @Nullable String id;

  @Option(
      names = "--signature",
      required = true,
      paramLabel = "SIGNATURE",
      description = "The signature header as it came.")
  private String signature = "";

  @Option(
      names = "--body-file",
      required = true,
      paramLabel = "FILE",
      description = "The raw body; - reads standard input.")
  private String bodyFile = "";

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      description =
          "When it was received: 2026-11-21T10:00:00Z or milliseconds (default: the clock).")
  private @Nullable String now;

  /** Makes the command on this machine's clock and standard input. */
  public SignatureCommand() {
    this(new SystemClockwork(), System.in);
  }

  SignatureCommand(Clockwork clock, InputStream standardInput) {
    this.clock = clock;
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() {
    SignatureScheme known = SignatureScheme.ofWord(scheme).orElse(null);
    if (known == null) {
      Finding unknown = SignatureCheck.ofUnknownScheme(scheme).finding();
      throw wrong("--scheme: " + (unknown == null ? scheme : unknown.text()));
    }
    SignedRequest request = new SignedRequest(method, address(known), headers(known), body());
    SignatureCheck check = SignatureCheck.of(known, secrets(), request, instant());
    print(check);
    return check.valid() ? VALID : INVALID;
  }

  private String address(SignatureScheme known) {
    boolean covered = known == SignatureScheme.HUBSPOT_V2 || known == SignatureScheme.HUBSPOT_V3;
    if (covered && uri == null) {
      throw wrong("--uri is missing: " + known.word() + " covers the address");
    }
    return uri == null ? "" : uri;
  }

  private List<Header> headers(SignatureScheme known) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header(SignatureHeaders.signature(known), signature));
    boolean standard = known == SignatureScheme.STANDARD;
    if (timestamp != null) {
      String name =
          standard ? SignatureHeaders.STANDARD_TIMESTAMP : SignatureHeaders.HUBSPOT_TIMESTAMP;
      headers.add(new Header(name, timestamp));
    }
    if (standard && id == null) {
      throw wrong("--id is missing: standard covers the webhook-id header");
    }
    if (id != null) {
      headers.add(new Header(SignatureHeaders.STANDARD_ID, id));
    }
    return headers;
  }

  private List<Secret> secrets() {
    try {
      return secrets.stream().map(Secret::of).toList();
    } catch (IllegalArgumentException e) {
      throw wrong("--secret: " + e.getMessage());
    }
  }

  private byte[] body() {
    byte[] body;
    try (InputStream in = open()) {
      body = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw wrong("--body-file: cannot read '" + bodyFile + "': expected a file, or - for input");
    }
    if (body.length > MOST_BYTES) {
      throw wrong("--body-file: more than " + MOST_BYTES + " bytes");
    }
    return body;
  }

  private InputStream open() throws IOException {
    return bodyFile.equals("-") ? standardInput : Files.newInputStream(Path.of(bodyFile));
  }

  private long instant() {
    if (now == null) {
      return clock.now();
    }
    try {
      return now.matches("\\d{1,15}") ? Long.parseLong(now) : Instant.parse(now).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong("--now: '" + now + "': expected 2026-11-21T10:00:00Z or milliseconds since 1970");
    }
  }

  private void print(SignatureCheck check) {
    PrintWriter out = spec.commandLine().getOut();
    for (Step step : check.steps()) {
      String result = step.result().name().toLowerCase(Locale.ROOT);
      out.printf("%-8s %-12s %s%n", result, step.name(), step.detail());
    }
    out.println(check.valid() ? "valid" : "invalid");
    out.flush();
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
