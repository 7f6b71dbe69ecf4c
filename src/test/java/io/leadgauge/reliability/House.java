package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.Written;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Manifests of HubSpot connections that share one model, and events as HubSpot would sign them. */
final class House {
  static final String CLIENT_SECRET = "a-client-secret-of-the-house";
  static final String ACCESS_TOKEN = "pat-sandbox";
  static final Map<String, String> SECRETS = Map.of("SECRET", CLIENT_SECRET, "TOKEN", ACCESS_TOKEN);
  static final String PORTAL = "44237313";
  static final String PUBLIC_URL = "https://leads.example.com";

  /** Reads three properties and the visits that a date property tells of. */
  static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: leads }
      spec:
        dimensions:
          fit:
            max: 50
            rules:
              - { id: working, when: { property: occupation, in: [Working Professional] }, points: 25 }
              - { id: india, when: { property: country, in: [India] }, points: 2.5 }
          engagement:
            min: -20
            max: 50
            rules:
              - { id: visits, property: visits, points: { "5..": 30, "1..<5": 14.25, "0..<1": 0, missing: -1 } }
        labels: { hot: { enter: 50, leave: 45 }, warm: { enter: 25, leave: 20 }, cold: {} }
        grade: { letters: { dimension: fit, A: 25, B: 2, C: 0 }, digits: { dimension: engagement, 1: 30, 2: 10, 3: -100 } }
        stages: { mql: { enter: total >= 40, leave: total < 30 } }
      """;

  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: @NAME@ }
      spec:
        crm: hubspot
        portal: "@PORTAL@"
        publicUrl: https://leads.example.com
        api: { base: "@API@", version: v3, callsPerTenSeconds: 10000 }
        credentials: { accessToken: "${env:TOKEN}" }
        webhooks: { secrets: ["${env:SECRET}"] }
        model: leads
        mode: @MODE@
        fields:
          occupation: occupation
          country: country
          visits: { property: visits, type: number }
        stages: { map: { mql: marketingqualifiedlead } }
        writeBack:
          fields: { score: leadgauge_score, grade: leadgauge_grade, label: leadgauge_label, reasons: leadgauge_reasons }
          minInterval: 1s
      """;

  private final RequestSigner signer =
      new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of(CLIENT_SECRET));
  private final Map<String, String> portals = new LinkedHashMap<>();
  private final Path folder;

  private House(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the manifests.
   *
   * @param folder where {@code manifests} is made, and {@code data} will be
   * @param api where the CRM's API is; an address where nobody answers is a CRM that is away
   * @param mode what is written: {@code shadow}, {@code fields}, {@code full}
   * @param connections their names; the first is of {@link #PORTAL}, each other of the next one
   */
  static House in(Path folder, String api, String mode, String... connections) {
    House house = new House(folder);
    Written.to(house.manifests(), "models/leads/model.yaml", MODEL);
    for (String name : connections) {
      house.portals.put(name, Long.toString(Long.parseLong(PORTAL) + house.portals.size()));
      Written.to(
          house.manifests(),
          "connections/" + name + ".yaml",
          CONNECTION
              .replace("@NAME@", name)
              .replace("@PORTAL@", house.portal(name))
              .replace("@API@", api)
              .replace("@MODE@", mode));
    }
    return house;
  }

  /** The connection of {@link #scoring}. */
  static final String PORTAL_CONNECTION = "portal";

  /**
   * Writes the manifests of one connection, {@value #PORTAL_CONNECTION}, whose model reads every
   * kind of value, and activities, and hands contacts over.
   *
   * @param interval the least time between two writes of a contact
   */
  static House scoring(Path folder, URI api, String interval) {
    House house = new House(folder);
    Written.to(house.manifests(), "models/leads/model.yaml", scoringModel());
    Written.to(
        house.manifests(),
        "connections/portal.yaml",
        resource("connections/portal.yaml")
            .replace("@API@", api.toString())
            .replace("@INTERVAL@", interval));
    return house;
  }

  /** Returns the model of {@link #scoring}. */
  static String scoringModel() {
    return resource("models/leads/model.yaml");
  }

  private static String resource(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/reliability").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path manifests() {
    return folder.resolve("manifests");
  }

  Path data() {
    return folder.resolve("data");
  }

  /** Returns the portal that a connection serves. */
  String portal(String connection) {
    return portals.getOrDefault(connection, PORTAL);
  }

  /** Returns a launch on free ports. */
  ServeProcess.Launch launch() {
    return ServeProcess.Launch.of(manifests(), data(), SECRETS);
  }

  static String path(String connection) {
    return "/webhooks/" + connection;
  }

  /** Returns the headers of a delivery that is sent now. */
  List<Header> signed(String connection, byte[] body) {
    return signed(connection, body, System.currentTimeMillis());
  }

  /** Returns the headers of a delivery that is sent at an instant. */
  List<Header> signed(String connection, byte[] body, long at) {
    return signer.sign("POST", PUBLIC_URL + path(connection), body, "", at);
  }

  /** Returns one event of the first portal: a property of a contact has changed. */
  static String change(long event, long contact, String property, String value, long at) {
    return change(PORTAL, event, contact, property, value, at);
  }

  /** Returns one event: a property of a contact has changed. */
  static String change(
      String portal, long event, long contact, String property, String value, long at) {
    return "{\"eventId\":"
        + event
        + ",\"subscriptionId\":1,\"portalId\":"
        + portal
        + ",\"appId\":1,\"occurredAt\":"
        + at
        + ",\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":"
        + contact
        + ",\"propertyName\":\""
        + property
        + "\",\"propertyValue\":\""
        + value
        + "\",\"changeSource\":\"CRM\"}";
  }

  /** Returns the body of a delivery of events. */
  static byte[] body(List<String> events) {
    return ("[" + String.join(",", events) + "]").getBytes(UTF_8);
  }
}
