package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the package of a Salesforce connection is made of.
 *
 * @param endpoint where its messages go, with the token if that is known
 * @param user the username that the credentials name; null if they name none
 * @param needs what it needs
 */
record SalesforceParts(URI endpoint, @Nullable String user, PortalNeeds needs) {
  /** Takes them from a connection, whose secrets may be stand-ins. */
  static SalesforceParts of(ConnectionAtHand at) {
    Connection connection = at.connection();
    Secret token = connection.webhooks().token();
    String last =
        token == null || token.reveal().equals(SecretSource.STAND_IN)
            ? SalesforcePackage.TOKEN_GOES_HERE
            : token.reveal();
    return new SalesforceParts(Addresses.webhooks(connection, last), user(connection), at.needs());
  }

  private static @Nullable String user(Connection connection) {
    return connection.api().token() instanceof OrgLogin login
            && login.proof() instanceof OrgLogin.PrivateKey key
        ? key.username()
        : null;
  }

  /**
   * Returns the package.
   *
   * @param named the user that somebody has named; null for that of the credentials
   */
  SalesforcePackage files(@Nullable String named) {
    String known = named == null ? user : named;
    return new SalesforcePackage(
        endpoint, known == null ? SalesforcePackage.USER_GOES_HERE : known, needs);
  }
}
