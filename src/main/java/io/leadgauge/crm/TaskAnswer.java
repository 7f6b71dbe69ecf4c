package io.leadgauge.crm;

/** What became of a task that was to be made. */
public sealed interface TaskAnswer {
  /**
   * It is there, and about the contact.
   *
   * @param task the CRM's id of it
   */
  record Made(String task) implements TaskAnswer {}

  /**
   * It was not made: the CRM does not take its owner.
   *
   * @param reason the CRM's own message
   */
  record OwnerRefused(String reason) implements TaskAnswer {}

  /**
   * It was not made: the CRM does not take it as it is.
   *
   * @param reason the CRM's own message
   */
  record Refused(String reason) implements TaskAnswer {}

  /**
   * Not decided. Unless the trouble is {@link CallTrouble.Refused}, it may have been made all the
   * same.
   *
   * @param trouble why
   */
  record Failed(CallTrouble trouble) implements TaskAnswer {}
}
