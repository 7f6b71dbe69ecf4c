package io.leadgauge.crm;

import java.util.Locale;

/**
 * One thing that was looked at in a portal, or on the way there, and what to do about it.
 *
 * @param area the heading under which it stands
 * @param subject what was looked at
 * @param verdict how it stands
 * @param detail what was found
 * @param cure what to do; empty where nothing is to be done
 */
public record Finding(String area, String subject, Verdict verdict, String detail, String cure) {
  /** How a thing stands, the best first. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** As it should be, by what was done just now. */
    DONE,
    /** It works, but not as one may expect. */
    WARNING,
    /** Not there yet; it would be made. */
    PLANNED,
    /** Nobody could be asked. */
    UNKNOWN,
    /** It does not work. */
    PROBLEM;

    /** Returns the word that people and scripts see. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes a finding that nothing is to be done about. */
  public static Finding ok(String area, String subject, String detail) {
    return new Finding(area, subject, Verdict.OK, detail, "");
  }

  /** Makes a finding that keeps something from working. */
  public static Finding problem(String area, String subject, String detail, String cure) {
    return new Finding(area, subject, Verdict.PROBLEM, detail, cure);
  }

  /** Makes a finding that is worth knowing. */
  public static Finding warning(String area, String subject, String detail, String cure) {
    return new Finding(area, subject, Verdict.WARNING, detail, cure);
  }

  /** Makes a finding about what could not be looked at. */
  public static Finding unknown(String area, String subject, String detail, String cure) {
    return new Finding(area, subject, Verdict.UNKNOWN, detail, cure);
  }

  /**
   * Makes a finding about what the CRM was asked and did not tell.
   *
   * @param cure what to do where it refuses to
   * @param place where the fault may be if it did not answer at all
   */
  public static Finding untold(
      String area, String subject, CallTrouble trouble, String cure, String place) {
    return switch (trouble) {
      case CallTrouble.Refused refused -> problem(area, subject, refused.reason(), cure);
      case CallTrouble.Wait wait ->
          unknown(area, subject, wait.reason(), "try again in " + wait.pause().toSeconds() + " s");
      case CallTrouble.Unknown none -> unknown(area, subject, none.reason(), "try again; " + place);
    };
  }
}
