package io.leadgauge.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Bytes as they are stored.
 *
 * @param packing how
 * @param bytes not copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way into one row, or out of it
record Packed(Packing packing, byte[] bytes) {
  /** Reads a column of packed bytes, and the one after it that says how. */
  static Packed read(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return new Packed(Packing.ofCode(row.getInt(column + 1)), bytes);
  }

  /** Returns what was packed. */
  byte[] unpacked() {
    return packing.unpack(bytes);
  }
}
