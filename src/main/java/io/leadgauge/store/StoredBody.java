package io.leadgauge.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The body of an entry as it is read, wherever it is kept.
 *
 * @param bytes unpacked; empty where it was taken away; not copied, must not be changed
 * @param emptied whether it was taken away
 */
@SuppressWarnings("ArrayRecordComponent") // bytes out of one row
record StoredBody(byte[] bytes, boolean emptied) {
  /** What entries are selected from, where bodies are to be read with them. */
  static final String FROM = " FROM journal LEFT JOIN packed_body USING (seq)";

  /** What {@link #read} reads. */
  static final String COLUMNS =
      "coalesce(packed, body), coalesce(packing, 0),"
          + " packing IS NULL AND kind IN ('delivery', 'observation')";

  /** Reads {@link #COLUMNS} from this one on. */
  static StoredBody read(ResultSet row, int column) throws SQLException {
    return new StoredBody(Packed.read(row, column).unpacked(), row.getBoolean(column + 2));
  }
}
