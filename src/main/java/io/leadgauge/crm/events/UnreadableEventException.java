package io.leadgauge.crm.events;

/**
 * An event cannot be read; its message says what is wrong and what was expected, and quotes nothing
 * but the names of keys.
 */
final class UnreadableEventException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message) {
    super(message, null, false, false);
  }
}
