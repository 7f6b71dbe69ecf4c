package io.leadgauge.store;

import io.leadgauge.model.AppInstall;
import io.leadgauge.model.SealedToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** Writes which portals have let which apps in. */
final class InstallRows {
  static final String ALL =
      "SELECT app, portal, installed_at, uninstalled_at, key_id, refresh_token FROM app_install"
          + " ORDER BY app, portal";

  private final PreparedStatement save;
  private final PreparedStatement delete;

  InstallRows(Connection connection) throws SQLException {
    save =
        connection.prepareStatement(
            """
            INSERT INTO app_install
              (app, portal, installed_at, uninstalled_at, key_id, refresh_token)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, portal) DO UPDATE SET
              installed_at = excluded.installed_at, uninstalled_at = excluded.uninstalled_at,
              key_id = excluded.key_id, refresh_token = excluded.refresh_token\
            """);
    delete = connection.prepareStatement("DELETE FROM app_install WHERE app = ? AND portal = ?");
  }

  void save(AppInstall install) {
    try {
      save.setString(1, install.app());
      save.setString(2, install.portal());
      save.setLong(3, install.installedAt());
      if (install.isInstalled()) {
        save.setNull(4, Types.INTEGER);
      } else {
        save.setLong(4, install.uninstalledAt());
      }
      save.setString(5, install.token().keyId());
      save.setBytes(6, install.token().bytes());
      save.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot keep the install of " + install.connection(), e);
    }
  }

  void delete(String app, String portal) {
    try {
      delete.setString(1, app);
      delete.setString(2, portal);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot forget the install of " + app + " in " + portal, e);
    }
  }

  static AppInstall read(ResultSet row) throws SQLException {
    long uninstalled = row.getLong(4);
    boolean installed = row.wasNull();
    return new AppInstall(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        installed ? AppInstall.NEVER : uninstalled,
        new SealedToken(row.getString(5), row.getBytes(6)));
  }
}
