package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.Written;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Manifests with every way in which deliveries come in: each scheme of HubSpot, workflows, an event
 * source, a Salesforce org. Every secret is a word that stands nowhere else.
 */
public final class Doors {
  /** What may be spelled in another way is in base64, all else is found as it stands. */
  static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("HUBSPOT_TOKEN", "pat-marked-Qz7access4vK2mWx"),
              Map.entry("HUBSPOT_SECRET", "marked-client-J8hTq3LpZr6Ns"),
              Map.entry("HUBSPOT_OLD", "marked-old-client-Yd5Wk9Bc1Fg"),
              Map.entry("HIDDEN_PATH", "marked-path-Rt6Xv2Mn8Qp4"),
              Map.entry("WORKFLOW", "marked-workflow-Hj3Lz7Cw5Sd"),
              Map.entry("WEBSITE", "whsec_bWFya2VkLXdlYnNpdGUtS3k0VnQ4RG4yUGIxR3M2"),
              Map.entry("ORG_CLIENT", "marked-consumer-Fx9Ug1Te5Ra"),
              Map.entry("ORG_SECRET", "marked-consumer-secret-Ev2Ib6Oz"),
              Map.entry("ORG_PATH", "marked-org-path-Mk8Nw4Qc3Jy"),
              Map.entry("ORG_BEARER", "marked-bearer-Ls5Pd7Xg9Ht2"),
              Map.entry("ORG_SIGNING", "whsec_bWFya2VkLW9yZy1zaWduaW5nLVFhM1d6NUV4N1Jk"),
              Map.entry("APP_SECRET", "marked-app-client-Cv6Bn1Za8Uf"),
              Map.entry("LEADGAUGE_TOKEN_KEY", "bWFya2VkLXRva2VuLWtleS1VdzdZajVIczlMbTI0Nzg="),
              Map.entry("LEADGAUGE_ADMIN_TOKEN", "marked-admin-Gk4Vr8Xs2Po6")));

  static final String ORG = "00Dxx0000001gPFEAY";

  private static final String HUBSPOT =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: @NAME@ }
      spec:
        crm: hubspot
        portal: "@PORTAL@"
        publicUrl: https://leads.example.com
        api: { base: "@API@", version: v3 }
        credentials: { accessToken: "${env:HUBSPOT_TOKEN}" }
        webhooks:
          secrets: ["${env:HUBSPOT_SECRET}", "${env:HUBSPOT_OLD}"]
          @WEBHOOKS@
        model: leads
        mode: @MODE@
        fields:
          occupation: occupation
          country: country
          visits: { property: visits, type: number }
        stages: { map: { mql: marketingqualifiedlead } }
        writeBack: { fields: { score: leadgauge_score }, minInterval: 0s }
      """;
  private static final String SALESFORCE =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: org }
      spec:
        crm: salesforce
        org: 00Dxx0000001gPFEAY
        publicUrl: https://leads.example.com
        credentials:
          loginUrl: "@API@"
          clientId: "${env:ORG_CLIENT}"
          clientSecret: "${env:ORG_SECRET}"
        webhooks:
          token: "${env:ORG_PATH}"
          bearer: ["${env:ORG_BEARER}"]
          secrets: ["${env:ORG_SIGNING}"]
          messages: { lead: [Title, Country, NumberOfEmployees, SystemModstamp] }
        model: leads
        mode: shadow
        fields:
          occupation: { lead: Title }
          country: { lead: Country }
          visits: { lead: NumberOfEmployees, type: number }
        stages: { property: Status, order: [Open, Working], map: { mql: Working } }
        writeBack: { fields: { score: Leadgauge_Score__c } }
      """;
  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: website }
      spec: { connection: plain, secrets: ["${env:WEBSITE}"] }
      """;

  private Doors() {}

  /** Writes the manifests; CRMs are at these addresses, and the one of HubSpot has this mode. */
  public static void write(Path manifests, String hubSpot, String salesforce, String mode) {
    String workflows =
        "workflows: { priced: { activity: priced, token: \"${env:WORKFLOW}\" },"
            + " asked: { activity: asked } }";
    String hidden =
        "schemes: [hubspot-v1, hubspot-v2, hubspot-v3]\n    token: \"${env:HIDDEN_PATH}\"";
    Written.to(manifests, "models/leads/model.yaml", House.MODEL);
    Written.to(manifests, "connections/plain.yaml", hubSpot("plain", workflows, hubSpot, mode));
    Written.to(manifests, "connections/hidden.yaml", hubSpot("hidden", hidden, hubSpot, "shadow"));
    Written.to(manifests, "connections/org.yaml", SALESFORCE.replace("@API@", salesforce));
    Written.to(manifests, "sources/website.yaml", SOURCE);
  }

  private static String hubSpot(String name, String webhooks, String api, String mode) {
    return HUBSPOT
        .replace("@NAME@", name)
        .replace("@PORTAL@", name.equals("plain") ? House.PORTAL : "62515")
        .replace("@WEBHOOKS@", webhooks)
        .replace("@API@", api)
        .replace("@MODE@", mode);
  }

  /** Returns all secrets, by the variables of the environment that hold them. */
  public static Map<String, String> secrets() {
    return Map.copyOf(SECRETS);
  }

  /** Returns one of the secrets. */
  public static String secret(String name) {
    String text = SECRETS.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name);
    }
    return text;
  }

  /**
   * A way in: whose deliveries come by it (those of the source belong to the one it feeds), the
   * address, secrets and all, and what signs with which secret, or what is shown instead.
   */
  enum Door {
    HUBSPOT_V1("hidden", "hidden/" + secret("HIDDEN_PATH"), "HUBSPOT_SECRET", "HUBSPOT_V1"),
    HUBSPOT_V2("hidden", "hidden/" + secret("HIDDEN_PATH"), "HUBSPOT_SECRET", "HUBSPOT_V2"),
    HUBSPOT_V3("plain", "plain", "HUBSPOT_SECRET", "HUBSPOT_V3"),
    WORKFLOW_SIGNED("plain", "plain/asked", "HUBSPOT_SECRET", "HUBSPOT_V2"),
    WORKFLOW_TOKEN("plain", "plain/" + secret("WORKFLOW"), "WORKFLOW", ""),
    SOURCE("plain", "website", "WEBSITE", "STANDARD"),
    ORG_MESSAGE("org", "org/" + secret("ORG_PATH"), "ORG_PATH", ""),
    ORG_BEARER("org", "org", "ORG_BEARER", ""),
    ORG_SIGNED("org", "org", "ORG_SIGNING", "STANDARD");

    final String connection;
    final String path;
    private final String secret;
    private final String scheme;

    Door(String connection, String path, String secret, String scheme) {
      this.connection = connection;
      this.path = "/webhooks/" + path;
      this.secret = secret;
      this.scheme = scheme;
    }

    boolean isSigned() {
      return !scheme.isEmpty();
    }

    /** Returns what signs, or is shown. */
    String key() {
      return Doors.secret(secret);
    }

    /** Tells whether its address holds the secret. */
    boolean isByPath() {
      return path.contains("marked-");
    }

    /** Returns what shows that a body is authentic, sent now. */
    List<Header> headers(byte[] body) {
      return headers("POST", path, body, System.currentTimeMillis(), key());
    }

    /** Returns the same for something else. */
    List<Header> headers(String method, String target, byte[] body, long at, String key) {
      if (this == ORG_BEARER) {
        return List.of(new Header("Authorization", "Bearer " + key));
      }
      return isSigned()
          ? new RequestSigner(SignatureScheme.valueOf(scheme), Secret.of(key))
              .sign(method, House.PUBLIC_URL + target, body, "msg_1", at)
          : List.of();
    }

    /** Returns a body that can be read, about this contact. */
    byte[] body(long contact) {
      long at = System.currentTimeMillis();
      String text =
          switch (this) {
            case HUBSPOT_V1, HUBSPOT_V2, HUBSPOT_V3 ->
                "[" + House.change(contact, contact, "visits", "3", at) + "]";
            case WORKFLOW_TOKEN, WORKFLOW_SIGNED -> "{\"objectId\":" + contact + "}";
            case SOURCE ->
                "{\"contact\":{\"id\":\"%d\"},\"type\":\"page_view\",\"at\":%d}"
                    .formatted(contact, at);
            case ORG_MESSAGE -> message(contact, "CEO");
            case ORG_BEARER, ORG_SIGNED ->
                "{\"object\":\"Lead\",\"id\":\"%s\"}".formatted(lead(contact));
          };
      return text.getBytes(UTF_8);
    }

    String contentType() {
      return this == ORG_MESSAGE ? "text/xml; charset=UTF-8" : "application/json";
    }

    /** Returns a request that is authentic. */
    byte[] request(byte[] body) {
      return request("POST", path, headers(body), body);
    }

    /** Returns a request as HTTP. */
    byte[] request(String method, String target, List<Header> headers, byte[] body) {
      List<String> lines = new ArrayList<>();
      lines.add(method + " " + target + " HTTP/1.1");
      lines.add("Host: leads.example.com");
      lines.add("Content-Type: " + contentType());
      lines.add("Content-Length: " + body.length);
      headers.forEach(header -> lines.add(header.name() + ": " + header.value()));
      return Wire.request(lines, body);
    }
  }

  /** Returns the id of a lead. */
  static String lead(long number) {
    return "00Q%012d".formatted(number);
  }

  /** Returns an outbound message of one lead. */
  static String message(long number, String title) {
    return """
    <?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope \
    xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>\
    <notifications xmlns="http://soap.sforce.com/2005/09/outbound">\
    <OrganizationId>00Dxx0000001gPFEAY</OrganizationId><SessionId xsi:nil="true"/>\
    <Notification><Id>04lxx000000CaSaAAK</Id><sObject xsi:type="sf:Lead" \
    xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>@ID@</sf:Id>\
    <sf:SystemModstamp>2026-09-08T23:40:33.000Z</sf:SystemModstamp>\
    <sf:Title>@TITLE@</sf:Title></sObject></Notification></notifications>\
    </soapenv:Body></soapenv:Envelope>\
    """
        .replace("@ID@", lead(number))
        .replace("@TITLE@", title);
  }
}
