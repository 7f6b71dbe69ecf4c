package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.PortalNeeds.Use;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Output;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The package that installs an org: what it makes, what it asks to be told, and how it is put. */
class SalesforcePackageTest {
  private static final URI ENDPOINT =
      URI.create("https://leads.example.com/webhooks/acme/t0k3n&more");
  private static final String USER = "leadgauge@acme.example";
  private static final String FIELDS = "force-app/main/default/objects/";
  private static final String PERMISSIONS =
      "force-app/main/default/permissionsets/Leadgauge.permissionset-meta.xml";

  /** What stands before the others, which stand in the order of their names. */
  private static final List<String> FIRST =
      List.of("fullName", "name", "label", "locationX", "locationY");

  private final List<Read> reads = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private String stage = "Status";
  private Set<String> holders = Set.of("lead");
  private boolean handsOff;

  private SalesforcePackage made() {
    StageMap stages =
        new StageMap(stage, holders, List.of("Open", "Hot"), new TreeMap<>(), new TreeSet<>());
    PortalNeeds needs = new PortalNeeds(reads, targets, stages, handsOff);
    return new SalesforcePackage(ENDPOINT, USER, needs);
  }

  private void read(String object, String... properties) {
    for (String property : properties) {
      reads.add(new Read(object, property, new Use.Value(property, FieldType.TEXT)));
    }
  }

  private void write(Output output, String property, String... values) {
    targets.add(new Target(property, output, List.of(values)));
  }

  private static Element parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(xml, e);
    }
  }

  private static List<Element> children(Element parent) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .toList();
  }

  private static List<String> texts(Element root, String name) {
    NodeList nodes = root.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private Element file(String name) {
    return parsed(Found.in(made().files(), name));
  }

  /** Everything at once, as large as it gets. */
  private void fillUp() {
    read("lead", "Title", "Country", "Budget__c");
    read("contact", "Title", "MailingCountry");
    read("company", "NumberOfEmployees", "BillingCountry");
    read("task", "Status", "Type");
    read("meeting", "StartDateTime");
    read("campaign_member", "FirstRespondedDate");
    read("deal", "StageName", "Amount");
    write(Output.SCORE, "Leadgauge_Score__c");
    write(Output.LABEL, "Leadgauge_Label__c", "hot", "cold & \"quiet\"");
    write(Output.REASONS, "Leadgauge_Reasons__c");
    stage = "Leadgauge_Stage__c";
    holders = Set.of("lead", "contact");
    handsOff = true;
  }

  // ---- how it is put

  @Test
  void everyFile_isWellFormed_inSalesforcesOrder() {
    fillUp();
    made()
        .files()
        .forEach(
            (name, text) -> {
              if (text.startsWith("<?xml")) {
                assertInOrder(name, parsed(text));
              }
            });
  }

  private static void assertInOrder(String file, Element element) {
    List<String> names = children(element).stream().map(Element::getTagName).toList();
    List<String> sorted = new ArrayList<>(names);
    List<String> leading =
        element.getTagName().equals("actionCalls") || element.getTagName().equals("start")
            ? FIRST
            : List.of("fullName");
    sorted.sort(
        (one, other) -> {
          int first = Integer.compare(place(leading, one), place(leading, other));
          return first != 0 ? first : one.compareTo(other);
        });
    assertThat(names).as("%s: %s", file, element.getTagName()).isEqualTo(sorted);
    children(element).forEach(child -> assertInOrder(file, child));
  }

  private static int place(List<String> leading, String name) {
    int place = leading.indexOf(name);
    return place < 0 ? leading.size() : place;
  }

  @Test
  void sameNeeds_giveTheSameBytes_whateverTheirOrder() {
    fillUp();
    var files = made().files();
    java.util.Collections.reverse(reads);

    assertThat(made().files()).isEqualTo(files);
  }

  // ---- fields

  @Test
  void results_areFieldsOfLeadsAndContacts_ofFittingTypes() {
    fillUp();

    for (String object : List.of("Lead", "Contact")) {
      assertThat(texts(file(FIELDS + object + "/fields/Leadgauge_Score__c.field-meta.xml"), "type"))
          .containsExactly("Number");
      Element label = file(FIELDS + object + "/fields/Leadgauge_Label__c.field-meta.xml");
      assertThat(texts(label, "restricted")).containsExactly("false");
      assertThat(texts((Element) label.getElementsByTagName("valueSet").item(0), "fullName"))
          .containsExactly("hot", "cold & \"quiet\"");
      assertThat(
              texts(
                  file(FIELDS + object + "/fields/Leadgauge_Reasons__c.field-meta.xml"), "length"))
          .containsExactly("4096");
      assertThat(
              texts(file(FIELDS + object + "/fields/Leadgauge_Stage__c.field-meta.xml"), "label"))
          .startsWith("Leadgauge Stage");
    }
  }

  @Test
  void standardFieldsAndThoseOfOtherPackages_areNotMade() {
    write(Output.LABEL, "Rating", "Hot");
    write(Output.SCORE, "acme__Score__c");

    assertThat(made().files().keySet()).noneMatch(name -> name.startsWith(FIELDS));
  }

  @Test
  void keyOfTasks_isUniqueAndFoundBy_andOnActivitiesWhereTaskFieldsLive() {
    assertThat(made().files())
        .doesNotContainKey(FIELDS + "Activity/fields/Leadgauge_Key__c.field-meta.xml");

    handsOff = true;
    Element key = file(FIELDS + "Activity/fields/Leadgauge_Key__c.field-meta.xml");

    assertThat(texts(key, "unique")).containsExactly("true");
    assertThat(texts(key, "externalId")).containsExactly("true");
  }

  // ---- permissions

  private List<String> permitted(boolean editable) {
    List<String> permitted = new ArrayList<>();
    for (Element one : children(file(PERMISSIONS))) {
      if (one.getTagName().equals("fieldPermissions")
          && texts(one, "editable").contains(Boolean.toString(editable))) {
        permitted.addAll(texts(one, "field"));
      }
    }
    return permitted;
  }

  @Test
  void permissions_areToReadWhatIsReadAndToEditWhatIsWritten() {
    fillUp();

    assertThat(permitted(true))
        .contains("Lead.Leadgauge_Score__c", "Contact.Leadgauge_Stage__c", "Task.Leadgauge_Key__c")
        .doesNotContain("Lead.Title", "Lead.Budget__c");
    assertThat(permitted(false))
        .contains(
            "Lead.Title", "Lead.Budget__c", "Account.NumberOfEmployees", "Opportunity.Amount");
  }

  @Test
  void permissions_nameNoFieldThatEverybodySees_andAnAddressAsOne() {
    fillUp();
    read("lead", "Company", "LastName", "Status");

    assertThat(permitted(false))
        .contains("Lead.Address", "Contact.MailingAddress", "Account.BillingAddress")
        .doesNotContain(
            "Lead.Country",
            "Lead.Company",
            "Lead.LastName",
            "Lead.Status",
            "Lead.IsConverted",
            "Lead.SystemModstamp",
            "Task.Status",
            "Event.StartDateTime",
            "Opportunity.StageName");
  }

  @Test
  void permissions_createAndDeleteNothing() {
    fillUp();
    Element set = file(PERMISSIONS);

    assertThat(texts(set, "allowDelete")).containsOnly("false");
    assertThat(texts(set, "modifyAllRecords")).containsOnly("false");
    assertThat(texts(set, "object"))
        .containsExactly("Account", "Campaign", "Contact", "Lead", "Opportunity");
  }

  // ---- messages

  private Element message(String object) {
    return file("messages/workflows/" + object + ".workflow");
  }

  private Element flow(String name) {
    return file("messages/flows/Leadgauge_" + name + ".flow");
  }

  @Test
  void messages_carryWhatTheConnectionSays_andGoToItsAddress() {
    fillUp();
    made();

    SalesforcePackage.messages(new PortalNeeds(reads, targets, null, handsOff))
        .forEach(
            (type, fields) -> {
              Element message = message(MessagedObject.of(type).orElseThrow().object());
              assertThat(texts(message, "fields")).startsWith("Id").containsAll(fields);
              assertThat(texts(message, "endpointUrl")).containsExactly(ENDPOINT.toString());
              assertThat(texts(message, "integrationUser")).containsExactly(USER);
              assertThat(texts(message, "includeSessionId")).containsExactly("false");
            });
  }

  @Test
  void messages_alwaysTellWhenTheyAreTrueAndWhatBecameOfTheRecord() {
    assertThat(texts(message("Lead"), "fields"))
        .contains("SystemModstamp", "LastModifiedById", "CreatedDate")
        .contains("IsConverted", "ConvertedContactId", "ConvertedOpportunityId", "Status");
    assertThat(texts(message("Contact"), "fields")).contains("AccountId").doesNotContain("Status");
    read("task", "Type");
    assertThat(texts(message("Task"), "fields")).contains("WhoId", "Type");
  }

  @Test
  void onlyWhatIsRead_isTold() {
    assertThat(made().files().keySet())
        .contains("messages/workflows/Lead.workflow", "messages/workflows/Contact.workflow")
        .noneMatch(name -> name.contains("Task") || name.contains("Opportunity"));
  }

  @Test
  void flows_runAfterTheSave_oneForWhatIsNewAndOneForWhatHasChanged() {
    read("lead", "Title");

    assertThat(texts(flow("Lead_Created"), "recordTriggerType")).containsExactly("Create");
    assertThat(texts(flow("Lead_Created"), "filterFormula")).isEmpty();
    assertThat(texts(flow("Lead_Updated"), "recordTriggerType")).containsExactly("Update");
    assertThat(texts(flow("Lead_Updated"), "triggerType")).containsExactly("RecordAfterSave");
    assertThat(texts(flow("Lead_Updated"), "filterFormula").getFirst())
        .startsWith("OR(ISCHANGED({!$Record.")
        .contains("ISCHANGED({!$Record.Title})", "ISCHANGED({!$Record.Status})");
    assertThat(texts(flow("Lead_Updated"), "actionName")).containsExactly("Lead.Leadgauge_Lead");
  }

  @Test
  void flows_neverWatchWhatIsWrittenNorWhatAFormulaCannotName() {
    fillUp();
    read("lead", "OwnerId", "Leadgauge_Score__c");
    read("task", "WhoId");

    for (String object : List.of("Lead", "Contact", "Task", "Event", "CampaignMember")) {
      String formula = String.join("", texts(flow(object + "_Updated"), "filterFormula"));
      assertThat(formula)
          .doesNotContain("Leadgauge_Score__c", "Leadgauge_Label__c", "SystemModstamp")
          .doesNotContain("LastModified", "WhoId", "WhatId");
    }
    assertThat(texts(flow("Lead_Updated"), "filterFormula").getFirst()).doesNotContain("OwnerId");
  }

  @Test
  void manyWatchedFields_areWatchedBySeveralFlows() {
    read(
        "deal", IntStream.range(0, 100).mapToObj(i -> "Field_" + i + "__c").toArray(String[]::new));

    List<String> formulas = new ArrayList<>();
    for (String flow :
        List.of("Opportunity_Updated", "Opportunity_Updated_2", "Opportunity_Updated_3")) {
      formulas.addAll(texts(flow(flow), "filterFormula"));
    }

    assertThat(formulas).allSatisfy(one -> assertThat(one.length()).isLessThan(3_000));
    assertThat(Arrays.stream(String.join(",", formulas).split("ISCHANGED", -1))).hasSize(102);
  }

  @Test
  void manifest_namesEveryFlowAndEveryMessage_andNoWorkflowAsAWhole() {
    fillUp();
    Element manifest = file("messages/package.xml");

    assertThat(texts(manifest, "name")).containsExactly("Flow", "WorkflowOutboundMessage");
    assertThat(texts(manifest, "members"))
        .contains("Leadgauge_Lead_Created", "Leadgauge_Event_Updated", "Lead.Leadgauge_Lead");
    long flows = made().files().keySet().stream().filter(name -> name.endsWith(".flow")).count();
    assertThat(texts(manifest, "members"))
        .filteredOn(name -> !name.contains("."))
        .hasSize((int) flows);
  }

  @Test
  void token_isInFilesThatAreSecret_andNowhereElse() {
    fillUp();
    SalesforcePackage made = made();

    made.files()
        .forEach((name, text) -> assertThat(text.contains("t0k3n")).isEqualTo(made.isSecret(name)));
    assertThat(made.files()).containsEntry(".gitignore", "/messages/\n");
  }
}
