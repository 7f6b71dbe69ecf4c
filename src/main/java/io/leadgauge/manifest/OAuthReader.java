package io.leadgauge.manifest;

import io.leadgauge.crm.TokenKeys;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads by what an app is let into portals. */
final class OAuthReader {
  /** The page on which people let apps in, whatever data centre their portal is in. */
  static final URI DEFAULT_PAGE = URI.create("https://app.hubspot.com");

  private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");
  private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Values values;
  private final SecretReader secrets;
  private final AccessReader access;

  OAuthReader(Values values, SecretReader secrets, AccessReader access) {
    this.values = values;
    this.secrets = secrets;
    this.access = access;
  }

  /**
   * What is said of it, as far as it could be read.
   *
   * @param scopes copied
   * @param goodUntil until when the client secret is good, in milliseconds since 1970; {@link
   *     Long#MAX_VALUE} where nobody has said
   */
  record OAuth(
      @Nullable String clientId,
      @Nullable Secret clientSecret,
      List<String> scopes,
      @Nullable TokenKeys keys,
      URI page,
      long goodUntil) {
    OAuth {
      scopes = List.copyOf(scopes);
    }
  }

  @Nullable OAuth read(Node node) {
    Fields fields =
        Fields.of(
            node,
            values,
            "clientId",
            "clientSecret",
            AccessReader.EXPIRES,
            "scopes",
            "tokenKeys",
            "page");
    if (fields == null) {
      return null;
    }
    List<String> scopes = fields.required("scopes", one -> values.list(one, this::scope));
    return new OAuth(
        fields.required("clientId", this::clientId),
        fields.required("clientSecret", secrets.secret("clientSecret")),
        scopes == null ? List.of() : List.copyOf(new LinkedHashSet<>(scopes)),
        fields.required("tokenKeys", this::keys),
        fields.optional("page", access::host, DEFAULT_PAGE),
        fields.optional(AccessReader.EXPIRES, values::instant, Long.MAX_VALUE));
  }

  private @Nullable String clientId(Node node) {
    String id = values.anyText(node);
    return id == null || CLIENT.matcher(id).matches()
        ? id
        : values.refuse(node, "the app's client id: letters, digits and hyphens");
  }

  private @Nullable String scope(Node node) {
    String scope = values.text(node);
    return scope == null || SCOPE.matcher(scope).matches()
        ? scope
        : values.refuse(node, "one scope such as crm.objects.contacts.read");
  }

  private @Nullable TokenKeys keys(Node node) {
    List<Secret> keys = access.secretList(node, "tokenKeys", this::key);
    return keys == null || keys.isEmpty() ? null : new TokenKeys(keys);
  }

  private @Nullable Secret key(Node node) {
    Secret key = secrets.secret("tokenKeys").read(node);
    return key == null || TokenKeys.isKey(key)
        ? key
        : values.fail(
            node,
            "no key behind this reference, expected 32 bytes in Base64 or 64 hex digits; make one"
                + " by openssl rand -base64 32");
  }
}
