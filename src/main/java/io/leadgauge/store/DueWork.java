package io.leadgauge.store;

/** The kinds of work that can be due for a contact. */
public enum DueWork {
  /** Read its facts from the CRM. */
  FETCH("fetch_at"),
  /** Write its fields to the CRM. */
  WRITE("write_at"),
  /** Score it again, because time may have changed its result. */
  SWEEP("sweep_at");

  private final String column;

  DueWork(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
