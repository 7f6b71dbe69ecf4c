package io.leadgauge.sandbox;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Where webhooks go and what they tell.
 *
 * @param url the address that requests are sent to; {@code http} or {@code https}
 * @param signedUrl the address that is signed, where it is another: a public one in front of a
 *     proxy
 * @param secret the app's client secret, which signs
 * @param subscriptions what is told
 */
public record WebhookTarget(
    URI url, Optional<URI> signedUrl, Secret secret, WebhookSubscriptions subscriptions) {

  public WebhookTarget {
    signedUrl.ifPresent(WebhookTarget::requireAbsolute);
    requireAbsolute(url);
  }

  /** A target with the default subscriptions: every writable property and every other event. */
  public static WebhookTarget of(String url, Secret secret) {
    return new WebhookTarget(
        address(url), Optional.empty(), secret, WebhookSubscriptions.everything());
  }

  /**
   * The same with another address signed.
   *
   * @throws IllegalArgumentException naming the text, if it is no absolute http or https address
   */
  public WebhookTarget signedAs(String otherUrl) {
    return new WebhookTarget(url, Optional.of(address(otherUrl)), secret, subscriptions);
  }

  /** The address that is signed. */
  URI signed() {
    return signedUrl.orElse(url);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming the text, if it is no absolute http or https address
   */
  public static URI address(String url) {
    try {
      return requireAbsolute(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "webhook address \"" + url + "\": expected http://host:port/path or https://…", e);
    }
  }

  private static URI requireAbsolute(URI url) {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("no http or https address: " + url);
    }
    return url;
  }
}
