package io.leadgauge.cli;

import io.leadgauge.crm.signature.SignatureCheck;
import io.leadgauge.crm.signature.SignatureCheck.Finding;
import io.leadgauge.crm.signature.SignatureCheck.Step;
import io.leadgauge.crm.signature.SignatureHeaders;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignatureVerifier;
import io.leadgauge.crm.signature.SignedRequest;
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
import picocli.CommandLine.Option;

/**
 * {@code signature}: checks the signature of one webhook request step by step and names the wrong
 * part where it can.
 */
@Command(
    name = "signature",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Checks a webhook signature step by step and names the wrong part.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit codes: 0 valid, 1 invalid, 2 used wrongly."})
final class SignatureCommand implements Callable<Integer> {
  /** The largest body that is read, in bytes. */
  private static final int MOST_BYTES = 64 << 20;

  private static final long MILLIS = 1_000;

  /** The widest window, in seconds: a day, as for event sources. */
  private static final long MOST_TOLERANCE = 86_400;

  private final Terminal terminal;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      required = true,
      description = "hubspot-v1, hubspot-v2, hubspot-v3 or standard.")
  private String scheme = "";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      required = true,
      description = "The signing secret; may be repeated during a rotation.")
  private List<String> secrets = List.of();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "The HTTP method. Default: ${DEFAULT-VALUE}",
      defaultValue = "POST")
  private String method = "POST";

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
      paramLabel = "SIGNATURE",
      required = true,
      description = "The signature header as it came.")
  private String signature = "";

  @Option(
      names = "--body-file",
      paramLabel = "FILE",
      required = true,
      description = "The raw body; - reads standard input.")
  private String bodyFile = "";

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      description = "When it was received: 2026-11-21T10:00:00Z or milliseconds. Default: now")
  private @Nullable String now;

  @Option(
      names = "--tolerance",
      paramLabel = "SECONDS",
      description =
          "How old the time stamp may be, and how far ahead: 1 to 86400. Default: ${DEFAULT-VALUE}",
      defaultValue = "300")
  private long tolerance = SignatureVerifier.WINDOW / MILLIS;

  SignatureCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SignatureScheme known = SignatureScheme.ofWord(scheme).orElse(null);
    if (known == null) {
      Finding unknown = SignatureCheck.ofUnknownScheme(scheme).finding();
      throw new WrongUse("--scheme: " + (unknown == null ? scheme : unknown.text()));
    }
    SignedRequest request = new SignedRequest(method, address(known), headers(known), body());
    SignatureCheck check = SignatureCheck.of(known, secrets(), window(), request, instant());
    print(check);
    return check.valid() ? ExitCode.DONE : ExitCode.NO;
  }

  private String address(SignatureScheme known) {
    boolean covered = known == SignatureScheme.HUBSPOT_V2 || known == SignatureScheme.HUBSPOT_V3;
    if (covered && uri == null) {
      throw new WrongUse("--uri is missing: " + known.word() + " covers the address");
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
      throw new WrongUse("--id is missing: standard covers the webhook-id header");
    }
    if (id != null) {
      headers.add(new Header(SignatureHeaders.STANDARD_ID, id));
    }
    return headers;
  }

  private long window() {
    if (tolerance < 1 || tolerance > MOST_TOLERANCE) {
      throw new WrongUse("--tolerance: " + tolerance + ": expected 1 to " + MOST_TOLERANCE);
    }
    return tolerance * MILLIS;
  }

  private List<Secret> secrets() {
    try {
      return secrets.stream().map(Secret::of).toList();
    } catch (IllegalArgumentException e) {
      throw new WrongUse("--secret: " + e.getMessage());
    }
  }

  private byte[] body() {
    byte[] body;
    try (InputStream in = open()) {
      body = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw new WrongUse(
          "--body-file: cannot read '" + bodyFile + "': expected a file, or - for input");
    }
    if (body.length > MOST_BYTES) {
      throw new WrongUse("--body-file: more than " + MOST_BYTES + " bytes");
    }
    return body;
  }

  private InputStream open() throws IOException {
    return bodyFile.equals("-") ? terminal.in() : Files.newInputStream(Path.of(bodyFile));
  }

  private long instant() {
    if (now == null) {
      return terminal.clock().now();
    }
    try {
      return now.matches("\\d{1,15}") ? Long.parseLong(now) : Instant.parse(now).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new WrongUse(
          "--now: '" + now + "': expected 2026-11-21T10:00:00Z or milliseconds since 1970");
    }
  }

  private void print(SignatureCheck check) {
    PrintWriter out = terminal.out();
    for (Step step : check.steps()) {
      String result = step.result().name().toLowerCase(Locale.ROOT);
      out.printf("%-8s %-12s %s%n", result, step.name(), step.detail());
    }
    out.println(check.valid() ? "valid" : "invalid");
  }
}
