package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.StageMap;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What installs Leadgauge in a Salesforce org, as the Salesforce CLI deploys it: the fields that
 * take results and their permission set, an External Client App, and the outbound messages with the
 * flows that send them. Setting up makes nothing in an org by itself.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/">Salesforce
 *     DX: project structure, August 2026</a>
 */
public final class SalesforcePackage {
  /** Salesforce's version of Summer '26. */
  static final String API_VERSION = "67.0";

  /** Stands in the endpoint for a token that is not set. */
  public static final String TOKEN_GOES_HERE = "PUT-THE-TOKEN-HERE";

  /** Stands for the username of the integration user where nobody has said it. */
  public static final String USER_GOES_HERE = "PUT-THE-USERNAME-HERE";

  /** Stands for the address that Salesforce writes to about the app. */
  public static final String ADDRESS_GOES_HERE = "PUT-YOUR-ADDRESS-HERE";

  /** Begins the path of what is an org's own, the token in the endpoint among it. */
  public static final String MESSAGES = "messages/";

  private static final String SOURCE = "force-app/main/default/";
  private static final String APP = "app/main/default/";
  private static final String PERSON_PLACES = "objects/%s/fields/%s.field-meta.xml";

  private final URI endpoint;
  private final String user;
  private final PortalNeeds needs;

  /**
   * Makes the package of a connection.
   *
   * @param endpoint where messages go, its token included
   * @param user the username of the integration user
   * @param needs what the connection needs
   */
  public SalesforcePackage(URI endpoint, String user, PortalNeeds needs) {
    this.endpoint = endpoint;
    this.user = user;
    this.needs = needs;
  }

  /** Returns the files of the package by their paths in it. */
  public SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put("sfdx-project.json", project());
    putFields(files);
    files.put(SOURCE + "permissionsets/Leadgauge.permissionset-meta.xml", PermissionSet.of(needs));
    putApp(files);
    OutboundMessages.files(endpoint, user, needs)
        .forEach((name, text) -> files.put(MESSAGES + name, text));
    if (!isTokenToBePut()) {
      files.put(".gitignore", "/" + MESSAGES + "\n");
    }
    return Collections.unmodifiableSortedMap(files);
  }

  /** Tells whether a file holds the token, and is nobody else's to read. */
  public boolean isSecret(String file) {
    return !isTokenToBePut() && file.startsWith(MESSAGES + "workflows/");
  }

  /** Tells whether the endpoint still lacks its token. */
  public boolean isTokenToBePut() {
    return endpoint.toString().endsWith(TOKEN_GOES_HERE);
  }

  /** Returns the username of the integration user, or what stands in its place. */
  public String user() {
    return user;
  }

  /** Tells whether the messages still lack their user. */
  public boolean isUserToBePut() {
    return user.equals(USER_GOES_HERE);
  }

  /**
   * Returns the fields that the messages of a connection carry, by the type of their records, as
   * its manifest must name them.
   */
  public static SortedMap<String, SortedSet<String>> messages(PortalNeeds needs) {
    return MessagedObject.messages(needs);
  }

  /**
   * Compares what a manifest says of the messages with what the package makes them carry.
   *
   * @param told the fields by the type of their records
   * @return a warning for each type that differs, its subject the type
   */
  public static List<Finding> differences(
      PortalNeeds needs, SortedMap<String, SortedSet<String>> told) {
    return MessagesFit.of(SalesforceSetup.MESSAGES, messages(needs), told).stream()
        .filter(finding -> finding.verdict() != Verdict.OK)
        .toList();
  }

  private static String project() {
    return """
    {
      "packageDirectories": [
        { "path": "force-app", "default": true },
        { "path": "app" }
      ],
      "namespace": "",
      "sourceApiVersion": "%s"
    }
    """
        .formatted(API_VERSION);
  }

  // Fields

  private void putFields(SortedMap<String, String> files) {
    for (Target target : needs.targets()) {
      if (PackagedField.isOurs(target.property())) {
        String text = PackagedField.of(target).text();
        files.put(place(MessagedObject.CONTACT, target.property()), text);
        files.put(place(MessagedObject.LEAD, target.property()), text);
      }
    }
    StageMap stages = needs.stages();
    if (stages != null && PackagedField.isOurs(stages.property())) {
      String text = PackagedField.of(stages).text();
      for (MessagedObject person : List.of(MessagedObject.CONTACT, MessagedObject.LEAD)) {
        if (stages.holders().contains(person.type())) {
          files.put(place(person, stages.property()), text);
        }
      }
    }
    if (needs.handsOff()) {
      files.put(
          SOURCE + PERSON_PLACES.formatted("Activity", TaskCalls.KEY),
          PackagedField.taskKey().text());
    }
  }

  private static String place(MessagedObject object, String field) {
    return SOURCE + PERSON_PLACES.formatted(object.object(), field);
  }

  // The app

  /**
   * An External Client App for the client credentials flow. Who it runs as is a setting of the org
   * that no file can hold, so an administrator says it in Setup.
   *
   * @see <a
   *     href="https://trailhead.salesforce.com/content/learn/projects/create-an-external-client-app-using-metadata-api">Trailhead:
   *     create an External Client App by the Metadata API</a>
   */
  private static void putApp(SortedMap<String, String> files) {
    files.put(
        APP + "externalClientApps/Leadgauge.eca-meta.xml",
        MetadataXml.of(
            "ExternalClientApplication",
            xml ->
                xml.put("contactEmail", ADDRESS_GOES_HERE)
                    .put("description", "Scores leads and contacts, and says why.")
                    .put("distributionState", "Local")
                    .put("isProtected", false)
                    .put("label", "Leadgauge")));
    files.put(
        APP + "extlClntAppGlobalOauthSets/Leadgauge_Global.ecaGlblOauth-meta.xml",
        MetadataXml.of(
            "ExtlClntAppGlobalOauthSettings",
            xml ->
                xml.put("callbackUrl", "https://login.salesforce.com/services/oauth2/success")
                    .put("externalClientApplication", "Leadgauge")
                    .put("isClientCredentialsFlowEnabled", true)
                    .put("isConsumerSecretOptional", false)
                    .put("isIntrospectAllTokens", false)
                    .put("isPkceRequired", true)
                    .put("isSecretRequiredForRefreshToken", true)
                    .put("label", "Leadgauge Global")
                    .put("shouldRotateConsumerKey", false)
                    .put("shouldRotateConsumerSecret", false)));
    files.put(
        APP + "extlClntAppOauthSettings/Leadgauge_OAuth.ecaOauth-meta.xml",
        MetadataXml.of(
            "ExtlClntAppOauthSettings",
            xml ->
                xml.put("commaSeparatedOauthScopes", "Api")
                    .put("externalClientApplication", "Leadgauge")
                    .put("label", "Leadgauge OAuth")));
  }
}
