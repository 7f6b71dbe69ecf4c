package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Asked;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.TypeFit;
import io.leadgauge.crm.salesforce.SalesforceOrg.DailyCalls;
import io.leadgauge.crm.salesforce.SalesforceOrg.LeadStatus;
import io.leadgauge.crm.salesforce.SalesforceOrg.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks whether an org has what a connection needs. It makes nothing there: what is missing is in
 * the {@linkplain SalesforcePackage package}, which an administrator deploys. Calls block; used by
 * one thread.
 */
public final class SalesforceSetup implements CrmSetup {
  /** The heading of what becomes of people: conversion, person accounts. */
  public static final String PEOPLE = "people";

  /** The heading of what messages carry. */
  public static final String MESSAGES = "outbound messages";

  /**
   * The editions whose orgs send outbound messages.
   *
   * @see <a
   *     href="https://help.salesforce.com/s/articleView?id=platform.workflow_om_considerations.htm">Salesforce:
   *     considerations for outbound messages</a>
   */
  private static final Set<String> SENDING =
      Set.of("Enterprise Edition", "Performance Edition", "Unlimited Edition", "Developer Edition");

  private static final String UNSEEN = "our user sees no such field";
  private static final String STATUS = "Status";
  private static final int PERCENT = 100;
  private static final int FEW_PERCENT = 10;

  private final SalesforceOrg org;
  private final SalesforceCalls calls;
  private final Connection connection;
  private final PortalNeeds needs;
  private final List<Finding> findings = new ArrayList<>();

  SalesforceSetup(SalesforceCalls calls, Connection connection, PortalNeeds needs) {
    this.calls = calls;
    this.org = new SalesforceOrg(calls);
    this.connection = connection;
    this.needs = needs;
  }

  @Override
  public List<Finding> look() {
    findings.clear();
    if (mayEnter()) {
      look(org.dailyCalls());
      SortedMap<String, SortedMap<String, OrgField>> described = described();
      new FieldLook(described).look();
      lookAtStages(described);
      findings.addAll(ConversionFit.of(PEOPLE, needs, described));
      findings.add(personAccounts(described));
      findings.addAll(messages());
    }
    return List.copyOf(findings);
  }

  @Override
  public List<Finding> make() {
    return List.copyOf(findings);
  }

  // Who we are

  private boolean mayEnter() {
    return switch (org.organization()) {
      case Asked.Told<Organization> told -> enter(told.value());
      case Asked.Untold<Organization> untold -> {
        findings.add(
            untold(
                "login",
                untold,
                "docs/salesforce.md says under \"The app\" what each setting must be"));
        yield false;
      }
    };
  }

  private boolean enter(Organization organization) {
    findings.add(user());
    String id = organization.id();
    if (!id.equals(connection.tenant())) {
      findings.add(
          Finding.problem(
              ACCESS,
              "org",
              "the login leads to org " + id + ", the manifest says " + connection.tenant(),
              "say org: " + id + ", or use the credentials of the other org"));
      return false;
    }
    String kind = organization.isSandbox() ? ", a sandbox" : "";
    findings.add(Finding.ok(ACCESS, "org", id + " (" + organization.name() + kind + ")"));
    findings.add(edition(organization.edition()));
    return true;
  }

  private Finding user() {
    return switch (org.username()) {
      case Asked.Told<String> name ->
          Finding.ok(
              ACCESS,
              "login",
              name.value().isEmpty()
                  ? "Salesforce takes it"
                  : "Salesforce takes it, as " + name.value());
      case Asked.Untold<String> untold -> untold("login", untold, "try again");
    };
  }

  private static Finding edition(String edition) {
    return SENDING.contains(edition)
        ? Finding.ok(ACCESS, "edition", edition + ", sends outbound messages")
        : Finding.warning(
            ACCESS,
            "edition",
            edition + ": sends no outbound messages, so changes are found by looking back",
            "look back more often: poll: { lookBack: 1m }");
  }

  private void look(Asked<DailyCalls> asked) {
    switch (asked) {
      case Asked.Told<DailyCalls> calls -> findings.add(calls(calls.value()));
      case Asked.Untold<DailyCalls> untold ->
          findings.add(untold("daily calls", untold, "give our user the permission API Enabled"));
    }
  }

  private static Finding calls(DailyCalls calls) {
    String left = calls.remaining() + " of " + calls.most() + " are left";
    return calls.remaining() * PERCENT < calls.most() * FEW_PERCENT
        ? Finding.warning(
            ACCESS,
            "daily calls",
            left + ", for all that call this org",
            "see in Setup, System Overview, who uses them up")
        : Finding.ok(ACCESS, "daily calls", left);
  }

  private List<Finding> messages() {
    return MessagesFit.of(
        MESSAGES, SalesforcePackage.messages(needs), connection.webhooks().messages());
  }

  // What is there

  private SortedMap<String, SortedMap<String, OrgField>> described() {
    SortedMap<String, SortedMap<String, OrgField>> described = new TreeMap<>();
    SortedSet<String> objects = new TreeSet<>(List.of("Lead", "Contact", "Account"));
    needs.objects().forEach(type -> objects.add(ObjectTypes.name(type)));
    if (needs.handsOff()) {
      objects.add("Task");
    }
    for (String object : objects) {
      switch (org.fields(object)) {
        case Asked.Told<SortedMap<String, OrgField>> fields ->
            described.put(object, fields.value());
        case Asked.Untold<SortedMap<String, OrgField>> untold ->
            findings.add(
                Finding.untold(
                    READS,
                    object,
                    untold.trouble(),
                    "assign the package's permission set to our user",
                    "look at credentials: loginUrl"));
      }
    }
    return described;
  }

  /** Looks at what is read and written, object by object. */
  private final class FieldLook {
    private final SortedMap<String, SortedMap<String, OrgField>> described;

    FieldLook(SortedMap<String, SortedMap<String, OrgField>> described) {
      this.described = described;
    }

    void look() {
      described.forEach(this::reads);
      for (MessagedObject person : List.of(MessagedObject.LEAD, MessagedObject.CONTACT)) {
        SortedMap<String, OrgField> fields = described.get(person.object());
        if (fields != null) {
          targets(person.object(), fields);
        }
      }
      SortedMap<String, OrgField> tasks = described.get("Task");
      if (needs.handsOff() && tasks != null) {
        findings.add(TaskKeyFit.of(WRITES, tasks.get(TaskCalls.KEY)));
      }
    }

    private void reads(String object, SortedMap<String, OrgField> fields) {
      SortedSet<String> seen = new TreeSet<>();
      for (Read read : needs.reads()) {
        if (ObjectTypes.name(read.object()).equals(object)
            && seen.add(read.property() + " " + read.use())) {
          OrgField field = fields.get(read.property());
          findings.add(
              TypeFit.of(
                  READS,
                  object + "." + read.property(),
                  read,
                  field == null ? null : field.defined(),
                  UNSEEN));
        }
      }
    }

    private void targets(String object, SortedMap<String, OrgField> fields) {
      SortedSet<String> seen = new TreeSet<>();
      for (Target target : needs.targets()) {
        if (seen.add(target.property())) {
          String subject = object + "." + target.property();
          findings.add(ResultFit.of(WRITES, subject, target, fields.get(target.property())));
        }
      }
    }
  }

  private void lookAtStages(SortedMap<String, SortedMap<String, OrgField>> described) {
    StageMap stages = needs.stages();
    if (stages == null) {
      return;
    }
    StatusFit fit = new StatusFit(STAGES, stages, byConversionOnly(stages));
    for (String holder : new TreeSet<>(stages.holders())) {
      String object = ObjectTypes.name(holder);
      SortedMap<String, OrgField> fields = described.get(object);
      if (fields != null) {
        findings.addAll(fit.look(object, fields));
      }
    }
  }

  private SortedSet<String> byConversionOnly(StageMap stages) {
    SortedSet<String> values = new TreeSet<>();
    if (stages.property().equals(STATUS)) {
      switch (org.leadStatuses()) {
        case Asked.Told<List<LeadStatus>> statuses ->
            statuses.value().stream()
                .filter(LeadStatus::byConversionOnly)
                .forEach(status -> values.add(status.value()));
        case Asked.Untold<List<LeadStatus>> untold ->
            findings.add(
                Finding.untold(STAGES, "Lead.Status", untold.trouble(), "try again", "try again"));
      }
    }
    return values;
  }

  private static Finding personAccounts(SortedMap<String, SortedMap<String, OrgField>> described) {
    SortedMap<String, OrgField> accounts = described.getOrDefault("Account", new TreeMap<>());
    return accounts.containsKey("IsPersonAccount")
        ? Finding.warning(
            PEOPLE,
            "person accounts",
            "are switched on: such a person is an account and a contact, and is scored as the"
                + " contact",
            "name the contact's fields in the connection; what stands on the account alone is read"
                + " as company.…")
        : Finding.ok(PEOPLE, "person accounts", "are not used");
  }

  private static <T> Finding untold(String subject, Asked.Untold<T> untold, String cure) {
    return Finding.untold(ACCESS, subject, untold.trouble(), cure, "look at credentials: loginUrl");
  }

  @Override
  public void close() {
    calls.close();
  }
}
