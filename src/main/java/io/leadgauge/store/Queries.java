package io.leadgauge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Questions to one connection of the database. Thread-safe: they wait for each other. */
final class Queries implements AutoCloseable {
  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();

  Queries(Connection connection) {
    this.connection = connection;
  }

  /** Something to be asked of the database. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws SQLException;
  }

  /** Fills in the parameters of a statement. */
  @FunctionalInterface
  interface Parameters {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Returns what each row that is found gives. */
  <T> List<T> list(String sql, Parameters parameters, Row<T> row) {
    return list(sql, parameters, row, one -> 0, 1);
  }

  /**
   * Returns what the first rows that are found give.
   *
   * @param weight how heavy that is
   * @param most no row is read once they are this heavy together
   */
  <T> List<T> list(
      String sql, Parameters parameters, Row<T> row, ToLongFunction<T> weight, long most) {
    return asking(
        "the store",
        () -> {
          List<T> found = new ArrayList<>();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            try (ResultSet rowsFound = statement.executeQuery()) {
              long weighed = 0;
              while (weighed < most && rowsFound.next()) {
                T one = row.read(rowsFound);
                weighed += weight.applyAsLong(one);
                found.add(one);
              }
            }
          }
          return found;
        });
  }

  /** Asks several questions, all of the same state of the database; nobody else asks meanwhile. */
  <T> T atOneInstant(Supplier<T> questions) {
    return asking(
        "the store",
        () -> {
          SqliteFile.execute(connection, "BEGIN");
          try {
            return questions.get();
          } finally {
            SqliteFile.execute(connection, "COMMIT");
          }
        });
  }

  /** Asks when its turn has come. */
  <T> T asking(String what, Question<T> question) {
    turn.lock();
    try {
      return question.ask();
    } catch (SQLException e) {
      throw new StoreException("cannot read " + what, e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    asking(
        "the store",
        () -> {
          connection.close();
          return true;
        });
  }
}
