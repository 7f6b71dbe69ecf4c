package io.leadgauge.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A task that is to be made in the CRM exactly once, because a contact is handed over to sales. It
 * is kept in the transaction that decided so, before the CRM is called; its key is carried in the
 * task, so that a task whose making was not answered is recognised there.
 *
 * @param key tells it from any other
 * @param contact who is handed over
 * @param model the model that decided so
 * @param stage the stage that the contact came to, in the model's words
 * @param at when that was decided
 * @param dueAt when sales should have acted
 * @param subject what is to be done, in a line
 * @param note what the task says beside that; may be empty
 * @param owner whose task it is: the CRM's id of an owner, or the word for the contact's own one
 * @param fallbackOwner the CRM's id of who takes it where there is no such owner; null for nobody
 * @param step how far it is
 */
public record Intent(
    String key,
    RecordRef contact,
    String model,
    String stage,
    long at,
    long dueAt,
    String subject,
    String note,
    String owner,
    @Nullable String fallbackOwner,
    Step step) {
  private static final int KEY_BYTES = 10;

  /** Where an intent stands. */
  public enum State {
    /** Nothing was sent of it, or what was sent is known not to have been carried out. */
    PLANNED("planned"),
    /** It was, or is about to be, sent, and whether the task was made is not known. */
    SENT("sent"),
    /** The task is there. */
    DONE("done"),
    /** The CRM refused it too often, or did not answer for too long. */
    GIVEN_UP("given up"),
    /** What it was for had passed before it was sent. */
    WITHDRAWN("withdrawn");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** Tells whether nothing more becomes of it. */
    public boolean isEnd() {
      return switch (this) {
        case PLANNED, SENT -> false;
        case DONE, GIVEN_UP, WITHDRAWN -> true;
      };
    }

    /** Returns the state in words. */
    public String word() {
      return word;
    }

    /**
     * Returns the state with this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static State ofWord(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no state of an intent: " + word);
    }
  }

  /**
   * How far an intent is.
   *
   * @param state where it stands
   * @param attempts how often the CRM has refused it
   * @param nextAt when the next step is due; {@link Due#NEVER} for none
   * @param task the CRM's id of the task; null while it is not known
   * @param problem what stood in the way last, or what the task had to be made without; null for
   *     nothing
   */
  public record Step(
      State state, int attempts, long nextAt, @Nullable String task, @Nullable String problem) {}

  /** Returns the key of a hand-off: the same contact, model, stage and crossing give the same. */
  public static String key(RecordRef contact, String model, String stage, long crossedAt) {
    String text = String.join("\n", contact.toString(), model, stage, Long.toString(crossedAt));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the same, as far as this. */
  public Intent at(Step other) {
    return new Intent(
        key, contact, model, stage, at, dueAt, subject, note, owner, fallbackOwner, other);
  }
}
