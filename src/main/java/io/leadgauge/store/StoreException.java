package io.leadgauge.store;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** The store could not do what was asked: nothing of the transaction is durable. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int READ_ONLY = 8;
  private static final int BROKEN = 10;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message + ": " + said(cause) + cure(cause), cause);
  }

  /** Of a file that may not be used, or is not there, Java says no more than its name. */
  private static String said(Throwable cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + " may not be used by this user";
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      default -> String.valueOf(cause.getMessage());
    };
  }

  /** Says what an operator can do, where the disk is what is wrong. */
  private static String cure(Throwable cause) {
    if (!(cause instanceof SQLException database)) {
      return "";
    }
    return switch (database.getErrorCode() & 0xff) {
      case FULL -> "; make room on the disk of the data folder";
      case READ_ONLY, CANNOT_OPEN ->
          "; look whether the data folder is mounted, and may be written";
      case BROKEN -> "; the disk of the data folder fails, see the system's log";
      default -> "";
    };
  }
}
