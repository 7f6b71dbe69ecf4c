package io.leadgauge.store;

import io.leadgauge.model.Due;

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

  /** Returns since when this work is due; {@link Due#NEVER} if it is not. */
  public long dueAt(Due due) {
    return switch (this) {
      case FETCH -> due.fetchAt();
      case WRITE -> due.writeAt();
      case SWEEP -> due.sweepAt();
    };
  }

  String column() {
    return column;
  }
}
