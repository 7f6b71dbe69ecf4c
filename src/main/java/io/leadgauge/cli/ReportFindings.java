package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a report of a connection means, and what to do about it. */
final class ReportFindings {
  private static final String WEBHOOKS = "webhooks";
  private static final String CONTACTS = "contacts";
  private static final String SERVE = "serve";
  private static final int NOT_FOUND = 404;
  private static final Duration QUIET = Duration.ofDays(1);

  private final String connection;
  private final JsonNode report;
  private final boolean running;
  private final PlatformWords words;
  private final SortedSet<String> subscribed;
  private final long now;

  /**
   * Reads a report.
   *
   * @param running whether serve told it; else it is what the store alone can tell
   * @param words what to say of the platform
   * @param subscribed the properties whose changes are told one by one; empty where none is
   */
  ReportFindings(
      String connection,
      JsonNode report,
      boolean running,
      PlatformWords words,
      SortedSet<String> subscribed,
      long now) {
    this.connection = connection;
    this.report = report;
    this.running = running;
    this.words = words;
    this.subscribed = new TreeSet<>(subscribed);
    this.now = now;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(accepted());
    findings.add(running ? refused() : onlyServe(WEBHOOKS, "last refused"));
    if (!subscribed.isEmpty()) {
      findings.add(subscriptions());
    }
    report.path("warnings").forEach(warning -> findings.add(warning(warning)));
    findings.add(quarantined());
    findings.add(facts());
    findings.add(writes());
    report.path("refusedFields").forEach(field -> findings.add(refusedField(field)));
    findings.add(handOffs());
    findings.add(running ? crm() : onlyServe(CONTACTS, "the CRM's answers"));
    if (running) {
      findings.add(mode());
      findings.add(configuration());
      if (report.hasNonNull("restore")) {
        findings.add(restore());
      }
      if (report.hasNonNull("backfill")) {
        findings.add(heldBack());
      }
    } else {
      findings.add(
          Finding.problem(
              SERVE, "running", "no serve runs on this data folder", "./leadgauge serve"));
    }
    return findings;
  }

  private String setup(String option) {
    return "./leadgauge setup " + connection + " " + option;
  }

  private static Finding onlyServe(String area, String subject) {
    return Finding.unknown(area, subject, "only a running serve knows", "./leadgauge serve");
  }

  // Webhooks

  private Finding accepted() {
    JsonNode last = report.path("lastDelivery");
    if (last.isNull()) {
      return Finding.warning(WEBHOOKS, "last accepted", "none yet", words.first());
    }
    Duration age = Ago.age(last.path("receivedAt"), now);
    return age.compareTo(QUIET) < 0
        ? Finding.ok(WEBHOOKS, "last accepted", Ago.of(age))
        : Finding.warning(
            WEBHOOKS, "last accepted", Ago.of(age), "if contacts changed since: " + words.quiet());
  }

  private Finding refused() {
    JsonNode last = report.path("lastRefused");
    if (last.isNull()) {
      return Finding.ok(WEBHOOKS, "last refused", "none since the start");
    }
    String what =
        Ago.of(Ago.age(last.path("at"), now))
            + ", "
            + last.path("status").asText()
            + " "
            + last.path("reason").asText()
            + ": "
            + last.path("text").asText();
    JsonNode accepted = report.path("lastDelivery");
    boolean since =
        accepted.isNull()
            || Ago.age(last.path("at"), now).compareTo(Ago.age(accepted.path("receivedAt"), now))
                < 0;
    String cure =
        last.path("status").asInt() == NOT_FOUND
            ? "let "
                + words.name()
                + " call /webhooks/"
                + connection
                + ", as setup "
                + words.writer()
                + " writes it"
            : "./leadgauge deliveries show r" + last.path("id").asText() + " names the wrong part";
    return new Finding(
        WEBHOOKS, "last refused", since ? Verdict.PROBLEM : Verdict.OK, what, since ? cure : "");
  }

  private static Finding warning(JsonNode warning) {
    return Finding.warning(
        SERVE,
        warning.path("subject").asText(),
        warning.path("finding").asText(),
        warning.path("cure").asText());
  }

  private Finding subscriptions() {
    SortedSet<String> unheard = new TreeSet<>(subscribed);
    report.path("propertiesSeen").forEach(seen -> unheard.remove(seen.asText()));
    int heard = subscribed.size() - unheard.size();
    String count = "events came of " + heard + " of " + subscribed.size() + " properties";
    if (unheard.isEmpty()) {
      return Finding.ok(WEBHOOKS, "subscriptions", count);
    }
    String none = count + "; of none yet: " + String.join(", ", unheard);
    return heard > 0
        ? Finding.ok(WEBHOOKS, "subscriptions", none)
        : Finding.warning(
            WEBHOOKS,
            "subscriptions",
            none,
            setup(words.writer()) + " writes what " + words.name() + " is to send");
  }

  private Finding quarantined() {
    long count = report.path("quarantined").asLong();
    return count == 0
        ? Finding.ok(WEBHOOKS, "quarantined", "none")
        : Finding.warning(
            WEBHOOKS,
            "quarantined",
            Tally.counted(Math.toIntExact(count), "delivery").replace("deliverys", "deliveries"),
            "./leadgauge deliveries list --connection " + connection + " says why");
  }

  // Contacts

  private Finding facts() {
    long waiting = report.path("waitingForFacts").asLong();
    String all = " of " + report.path("contacts").asLong();
    return waiting == 0
        ? Finding.ok(CONTACTS, "waiting for facts", "none" + all)
        : new Finding(
            CONTACTS,
            "waiting for facts",
            isStuck() ? Verdict.PROBLEM : Verdict.OK,
            waiting + all + (isStuck() ? "" : ", on the way"),
            isStuck() ? "see the CRM's answers, below" : "");
  }

  private boolean isStuck() {
    return !running || !report.at("/crm/trouble").asText().isEmpty();
  }

  private Finding writes() {
    long troubled = report.path("troubled").asLong();
    JsonNode at = report.path("lastWriteAt");
    String last = at.isNull() ? "none yet" : "the last " + Ago.of(Ago.age(at, now));
    long waiting = report.path("waitingForWrite").asLong();
    String state = last + "; " + waiting + " waiting";
    return troubled == 0
        ? Finding.ok(CONTACTS, "writes", state)
        : Finding.warning(
            CONTACTS,
            "writes",
            state + "; " + troubled + " met trouble: " + report.path("trouble").asText(),
            "what " + words.name() + " says there; they are tried again");
  }

  private Finding refusedField(JsonNode field) {
    return Finding.problem(
        CONTACTS,
        field.path("property").asText(),
        "refused since "
            + field.path("since").asText()
            + ", left out of all writes: "
            + field.path("message").asText(),
        "put the property right in "
            + words.name()
            + ", or ./leadgauge setup "
            + connection
            + "; it is tried again by itself");
  }

  private Finding handOffs() {
    long waiting = report.path("handOffsWaiting").asLong();
    return Finding.ok(CONTACTS, "hand-offs", waiting == 0 ? "none waiting" : waiting + " waiting");
  }

  private Finding crm() {
    JsonNode crm = report.path("crm");
    String trouble = crm.path("trouble").asText();
    if (!trouble.isEmpty()) {
      String until = crm.path("pausedUntil").asText();
      return Finding.problem(
          CONTACTS,
          "the CRM's answers",
          trouble + (until.isEmpty() ? "" : "; left alone until " + until),
          "what it says; calls go on by themselves after that");
    }
    return crm.path("answeredAt").isNull()
        ? Finding.ok(CONTACTS, "the CRM's answers", "none was needed since the start")
        : Finding.ok(
            CONTACTS, "the CRM's answers", "good, " + Ago.of(Ago.age(crm.path("answeredAt"), now)));
  }

  // Serve

  private Finding mode() {
    String mode = report.path("mode").asText();
    String means =
        switch (mode) {
          case "shadow" -> "all is computed and shown, nothing is written";
          case "fields" -> "results are written, stages are not";
          default -> "results and stages are written";
        };
    return Finding.ok(SERVE, "mode", mode + ": " + means);
  }

  private Finding restore() {
    boolean isPaused = report.at("/restore/phase").asText().equals("paused");
    return Finding.warning(
        SERVE,
        "restore",
        report.at("/restore/detail").asText(),
        isPaused
            ? "./leadgauge approve " + connection + ", once the numbers are what you expect"
            : "wait; nothing is lost meanwhile");
  }

  private Finding heldBack() {
    return Finding.problem(
        SERVE,
        "backfill",
        report.at("/backfill/detail").asText(),
        "./leadgauge approve " + connection + ", once the numbers are what you expect");
  }

  private Finding configuration() {
    JsonNode one = report.path("configuration");
    String state = one.path("state").asText();
    String detail = one.path("detail").asText();
    return switch (state) {
      case "paused" ->
          Finding.problem(
              SERVE, "configuration", detail, "./leadgauge approve " + connection + ", or go back");
      case "needs setup" ->
          Finding.problem(
              SERVE, "configuration", detail, "./leadgauge setup " + connection + words.made());
      case "needs upload" ->
          Finding.warning(
              SERVE, "configuration", detail, setup(words.writer()) + ", and " + words.deployed());
      default -> Finding.ok(SERVE, "configuration", detail);
    };
  }
}
