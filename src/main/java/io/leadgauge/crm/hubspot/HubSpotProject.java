package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.rest.Json;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A HubSpot developer project that installs Leadgauge in a portal: what the app may do, where
 * webhooks go, which events are sent. The HubSpot CLI uploads it.
 *
 * @see <a href="https://developers.hubspot.com/docs/apps/developer-platform">HubSpot: developer
 *     platform 2026.03</a>
 */
public final class HubSpotProject {
  /** Stands in the target address for a token that must not be written into a file. */
  public static final String TOKEN_GOES_HERE = "PUT-THE-TOKEN-HERE";

  private static final String PLATFORM = "2026.03";

  /** HubSpot's default; it takes no fewer than six. */
  private static final int AT_ONCE = 10;

  private static final int LONGEST_NAME = 64;

  private final String name;
  private final URI target;
  private final PortalNeeds needs;
  private final Access access;

  /** How the app gets its token. */
  public sealed interface Access {
    /** One token that does not expire, for the one portal that the app is installed in. */
    record StaticToken() implements Access {}

    /**
     * A token for each portal that somebody installs the app in.
     *
     * @param redirect where HubSpot sends whoever agreed
     * @param scopes what the link asks for, which must be what the app requires; empty for what its
     *     needs come to; copied
     */
    record OAuth(URI redirect, List<String> scopes) implements Access {
      public OAuth {
        scopes = List.copyOf(scopes);
      }
    }
  }

  /**
   * Makes the project of a connection or an app.
   *
   * @param name the name of the connection or app
   * @param target where webhooks go
   * @param needs what it needs
   * @param access how the app gets its token
   */
  public HubSpotProject(String name, URI target, PortalNeeds needs, Access access) {
    this.name = name;
    this.target = target;
    this.needs = needs;
    this.access = access;
  }

  /** Returns the files of the project by their paths in it. */
  public SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put("hsproject.json", ProjectText.of(project()));
    files.put("src/app/app-hsmeta.json", ProjectText.of(app()));
    files.put("src/app/webhooks/webhooks-hsmeta.json", ProjectText.of(webhooks()));
    return Collections.unmodifiableSortedMap(files);
  }

  /** Returns the properties that are needed and of which HubSpot sends no event. */
  public SortedSet<String> unsent() {
    return Subscription.unsent(needs);
  }

  /** Returns the properties of contacts of which a connection's project subscribes changes. */
  public static SortedSet<String> subscribed(PortalNeeds needs) {
    SortedSet<String> properties = new TreeSet<>();
    for (Subscription one : Subscription.of(needs)) {
      if (one.object().equals("contact") && !one.property().isEmpty()) {
        properties.add(one.property());
      }
    }
    return properties;
  }

  /** Tells whether the target address still lacks its token. */
  public boolean isTokenToBePut() {
    return target.toString().endsWith(TOKEN_GOES_HERE);
  }

  /** Returns how many events it subscribes. */
  public int events() {
    return Subscription.of(needs).size();
  }

  /** Returns what the app asks to be allowed to do. */
  public List<String> scopes() {
    List<String> needed = Scope.of(needs).stream().map(Scope::word).toList();
    return switch (access) {
      case Access.StaticToken token -> needed;
      case Access.OAuth oauth -> {
        SequencedSet<String> all = new LinkedHashSet<>(List.of("oauth"));
        all.addAll(oauth.scopes().isEmpty() ? needed : oauth.scopes());
        yield List.copyOf(all);
      }
    };
  }

  private ObjectNode project() {
    String whole = "leadgauge-" + name;
    return Json.object()
        .put("name", whole.substring(0, Math.min(LONGEST_NAME, whole.length())))
        .put("srcDir", "src")
        .put("platformVersion", PLATFORM);
  }

  private ObjectNode app() {
    ObjectNode app = Json.object().put("uid", "leadgauge").put("type", "app");
    ObjectNode config = app.putObject("config");
    config.put("name", "Leadgauge").put("description", "Scores contacts and says why.");
    config.put("distribution", "private");
    ObjectNode auth = config.putObject("auth");
    switch (access) {
      case Access.StaticToken token -> auth.put("type", "static");
      case Access.OAuth oauth ->
          auth.put("type", "oauth").putArray("redirectUrls").add(oauth.redirect().toString());
    }
    ArrayNode scopes = auth.putArray("requiredScopes");
    scopes().forEach(scopes::add);
    auth.putArray("optionalScopes");
    auth.putArray("conditionallyRequiredScopes");
    ObjectNode permitted = config.putObject("permittedUrls");
    List.of("fetch", "iframe", "img").forEach(permitted::putArray);
    return app;
  }

  private ObjectNode webhooks() {
    ObjectNode webhooks = Json.object().put("uid", "webhooks").put("type", "webhooks");
    ObjectNode config = webhooks.putObject("config");
    config
        .putObject("settings")
        .put("targetUrl", target.toString())
        .put("maxConcurrentRequests", AT_ONCE);
    ObjectNode subscriptions = config.putObject("subscriptions");
    ArrayNode generic = subscriptions.putArray("crmObjects");
    ArrayNode classic = subscriptions.putArray("legacyCrmObjects");
    ArrayNode hub = subscriptions.putArray("hubEvents");
    for (Subscription one : Subscription.of(needs)) {
      if (one.isOfHub()) {
        declare(one, hub);
      } else {
        declare(one, one.isGeneric() ? generic : classic);
      }
    }
    return webhooks;
  }

  private static void declare(Subscription one, ArrayNode list) {
    ObjectNode node = list.addObject().put("subscriptionType", one.type());
    if (one.isGeneric()) {
      node.put("objectType", one.object());
    }
    if (!one.property().isEmpty()) {
      node.put("propertyName", one.property());
    }
    node.put("active", true);
  }
}
