package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Asked;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.TypeFit;
import io.leadgauge.crm.TypeFit.Defined;
import io.leadgauge.crm.hubspot.HubSpotPortal.Account;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a portal has what a connection needs, and makes what is missing. What is there
 * already is never changed, but for options that it is told to add. Nothing is made while anything
 * is wrong. Calls block; used by one thread.
 */
public final class HubSpotSetup implements CrmSetup {
  private final HubSpotCalls calls;
  private final HubSpotPortal portal;
  private final Connection connection;
  private final PortalNeeds needs;
  private final Clockwork clock;
  private final boolean addsOptions;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /**
   * Something to be made.
   *
   * @param subject what
   * @param words what it will be
   * @param maker makes it
   */
  private record Step(String subject, String words, Maker maker) {}

  /** Makes something in the portal. */
  @FunctionalInterface
  private interface Maker {
    Asked<Boolean> make();
  }

  HubSpotSetup(
      HubSpotCalls calls,
      Connection connection,
      PortalNeeds needs,
      boolean addsOptions,
      Clockwork clock) {
    this.calls = calls;
    this.portal = new HubSpotPortal(calls, connection.api());
    this.connection = connection;
    this.needs = needs;
    this.addsOptions = addsOptions;
    this.clock = clock;
  }

  @Override
  public List<Finding> look() {
    findings.clear();
    steps.clear();
    if (mayEnter()) {
      needs.objects().forEach(this::lookAtReads);
    }
    return List.copyOf(findings);
  }

  @Override
  public List<Finding> make() {
    if (findings.stream().anyMatch(HubSpotSetup::isWrong)) {
      return List.copyOf(findings);
    }
    Map<String, Finding> made = new LinkedHashMap<>();
    steps.forEach(step -> made.put(step.subject(), made(step)));
    return findings.stream()
        .map(
            finding ->
                finding.verdict() == Verdict.PLANNED
                    ? made.getOrDefault(finding.subject(), finding)
                    : finding)
        .toList();
  }

  /** Tells whether a finding keeps anything from being made. */
  private static boolean isWrong(Finding finding) {
    return switch (finding.verdict()) {
      case OK, DONE, PLANNED, WARNING -> false;
      case UNKNOWN, PROBLEM -> true;
    };
  }

  private static Finding made(Step step) {
    return switch (step.maker().make()) {
      case Asked.Told<Boolean> told ->
          new Finding(WRITES, step.subject(), Verdict.DONE, step.words(), "");
      case Asked.Untold<Boolean> untold ->
          Finding.problem(
              WRITES,
              step.subject(),
              untold.trouble().reason(),
              "run setup again: it goes on where it stopped");
    };
  }

  // Who we are

  private boolean mayEnter() {
    return switch (portal.account()) {
      case Asked.Told<Account> told -> enter(told.value());
      case Asked.Untold<Account> untold -> {
        findings.add(shut("token", untold, "put the token of the app's Auth page into its place"));
        yield false;
      }
    };
  }

  private boolean enter(Account account) {
    findings.add(Finding.ok(ACCESS, "token", "HubSpot takes it"));
    if (!account.portalId().equals(connection.tenant())) {
      findings.add(
          Finding.problem(
              ACCESS,
              "portal",
              "the token belongs to portal "
                  + account.portalId()
                  + ", the manifest says "
                  + connection.tenant(),
              "say portal: \"" + account.portalId() + "\", or use a token of the other portal"));
      return false;
    }
    String details = String.join(", ", List.of(account.kind(), account.timeZone()));
    findings.add(Finding.ok(ACCESS, "portal", account.portalId() + " (" + details + ")"));
    if (account.sentAt() != 0) {
      findings.add(ClockFit.of(ACCESS, account.sentAt(), clock.now()));
    }
    return areGranted();
  }

  /** Asks for each scope, so that all that are missing are told at once. */
  private boolean areGranted() {
    boolean all = true;
    for (Scope scope : Scope.of(needs)) {
      Finding finding =
          switch (portal.isGranted(scope)) {
            case Asked.Told<Boolean> told ->
                told.value()
                    ? Finding.ok(ACCESS, scope.word(), GRANTED + scope.purpose())
                    : Finding.problem(
                        ACCESS,
                        scope.word(),
                        "not " + GRANTED + scope.purpose(),
                        "add it to requiredScopes of the project, upload it, install the app anew");
            case Asked.Untold<Boolean> untold -> shut(scope.word(), untold, "try again");
          };
      findings.add(finding);
      all &= finding.verdict() == Verdict.OK;
    }
    return all;
  }

  // What is there

  private void lookAtReads(String object) {
    switch (portal.properties(object)) {
      case Asked.Told<SortedMap<String, PropertyDefinition>> told -> look(object, told.value());
      case Asked.Untold<SortedMap<String, PropertyDefinition>> untold ->
          findings.add(
              unanswered(READS, "properties of " + ObjectTypes.path(object), untold, "try again"));
    }
  }

  private void look(String object, SortedMap<String, PropertyDefinition> definitions) {
    for (Read read : reads(object)) {
      findings.add(look(read, definitions.get(read.property())));
    }
    if (object.equals(RecordRef.CONTACT)) {
      lookAtTargets(definitions);
      StageMap stages = needs.stages();
      if (stages != null) {
        findings.addAll(StageFit.of(STAGES, stages, definitions.get(stages.property())));
      }
    }
  }

  private static Finding look(Read read, @Nullable PropertyDefinition property) {
    boolean isOfContact = read.object().equals(RecordRef.CONTACT);
    String subject = isOfContact ? read.property() : read.object() + "." + read.property();
    if (property != null && property.sensitive()) {
      return Finding.warning(
          READS,
          subject,
          property.type() + ", sensitive: webhooks bring REDACTED, so it is read each time",
          "give the app the scope for sensitive data, or read another property");
    }
    Defined defined = property == null ? null : property.defined();
    return TypeFit.of(READS, subject, read, defined, "the portal has no such property");
  }

  /** Returns what is read of a type, each property once for each way of reading it. */
  private List<Read> reads(String object) {
    SortedMap<String, Read> reads = new TreeMap<>();
    for (Read read : needs.reads()) {
      if (read.object().equals(object)) {
        reads.putIfAbsent(read.property() + " " + read.use(), read);
      }
    }
    return List.copyOf(reads.values());
  }

  private void lookAtTargets(SortedMap<String, PropertyDefinition> definitions) {
    SortedSet<String> seen = new TreeSet<>();
    for (PortalNeeds.Target target : needs.targets()) {
      if (!seen.add(target.property())) {
        continue;
      }
      TargetField field = new TargetField(target);
      PropertyDefinition existing = definitions.get(target.property());
      if (existing == null) {
        planGroup();
        ObjectNode definition = field.definition();
        plan(target.property(), field.words(), () -> portal.createProperty(definition));
      } else {
        findings.add(look(field, existing));
      }
    }
  }

  private Finding look(TargetField field, PropertyDefinition existing) {
    String name = existing.name();
    if (!existing.writable()) {
      return Finding.problem(
          WRITES, name, "HubSpot alone sets its values", "name another property in writeBack");
    }
    if (!field.fits(existing)) {
      return Finding.problem(
          WRITES,
          name,
          "is of type " + existing.type() + ", and the result is a " + field.words(),
          "rename or archive that property and run setup again, or name another one in writeBack");
    }
    List<String> missing = field.missingIn(existing);
    if (missing.isEmpty()) {
      return Finding.ok(WRITES, name, existing.type() + ", takes what the model gives");
    }
    String lacks = "lacks the option" + (missing.size() == 1 ? " " : "s ") + listed(missing);
    if (!addsOptions || existing.fixed()) {
      String cure = existing.fixed() ? "name another property in writeBack" : addOptions();
      return Finding.problem(WRITES, name, lacks, cure);
    }
    ObjectNode change = TargetField.withMore(existing, missing);
    String words = "gets the option" + (missing.size() == 1 ? " " : "s ") + listed(missing);
    steps.add(new Step(name, words, () -> portal.changeProperty(name, change)));
    return new Finding(WRITES, name, Verdict.PLANNED, words, "");
  }

  private static String listed(List<String> values) {
    return String.join(", ", values);
  }

  private String addOptions() {
    return "./leadgauge setup "
        + connection.id()
        + " --add-options adds them, and changes no other";
  }

  /** Plans the group once, before the first property that is made in it. */
  private void planGroup() {
    boolean planned = steps.stream().anyMatch(step -> step.subject().equals(groupName()));
    if (planned || findings.stream().anyMatch(one -> one.subject().equals(groupName()))) {
      return;
    }
    switch (portal.groups()) {
      case Asked.Told<SortedSet<String>> told -> {
        if (told.value().contains(TargetField.GROUP)) {
          findings.add(Finding.ok(WRITES, groupName(), "is there"));
        } else {
          plan(
              groupName(),
              "for the properties below",
              () -> portal.createGroup(TargetField.group()));
        }
      }
      case Asked.Untold<SortedSet<String>> untold ->
          findings.add(unanswered(WRITES, groupName(), untold, "try again"));
    }
  }

  private static String groupName() {
    return "group " + TargetField.GROUP;
  }

  private void plan(String subject, String words, Maker maker) {
    steps.add(new Step(subject, words, maker));
    findings.add(new Finding(WRITES, subject, Verdict.PLANNED, words, ""));
  }

  // What was not answered

  private static <T> Finding shut(String subject, Asked.Untold<T> untold, String cure) {
    return unanswered(ACCESS, subject, untold, cure);
  }

  private static <T> Finding unanswered(
      String area, String subject, Asked.Untold<T> untold, String cure) {
    return Finding.untold(area, subject, untold.trouble(), cure, "look at api: base");
  }

  @Override
  public void close() {
    calls.close();
  }
}
