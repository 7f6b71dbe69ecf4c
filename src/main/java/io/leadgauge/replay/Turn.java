package io.leadgauge.replay;

import io.leadgauge.model.Intent;
import org.jspecify.annotations.Nullable;

/** One thing that a decision changed. */
public sealed interface Turn {
  /**
   * Another label.
   *
   * @param before null for none
   * @param after null for none
   */
  record Label(@Nullable String before, @Nullable String after) implements Turn {}

  /** The contact entered a stage: from now on it is proposed. */
  record Entered(String stage) implements Turn {}

  /** The contact left a stage: it is proposed no more. */
  record Left(String stage) implements Turn {}

  /** The CRM showed the contact at a stage, or beyond it. */
  record Reached(String stage) implements Turn {}

  /**
   * Somebody moved the contact back from a stage, and we do not propose it again for a while.
   *
   * @param at when that was
   */
  record Vetoed(String stage, long at) implements Turn {}

  /**
   * A stage's condition holds, and must go on holding for a while.
   *
   * @param since since when
   */
  record Waiting(String stage, long since) implements Turn {}

  /** A stage's condition ceased to hold before it had held for long enough. */
  record WaitedInVain(String stage) implements Turn {}

  /**
   * The way back from a stage that has lost its reason.
   *
   * @param to where to
   * @param proposed whether it has held long enough
   */
  record GoingBack(String stage, String to, boolean proposed) implements Turn {}

  /** The contact is to be handed over to sales as soon as the CRM shows that we wrote the stage. */
  record HandOffOwed(String stage) implements Turn {}

  /**
   * The contact was handed over to sales.
   *
   * @param dueAt when sales should act
   * @param task the task of it and how far it is today; null where none is kept
   */
  record HandedOver(String stage, long dueAt, @Nullable Intent task) implements Turn {}

  /** Something that only later decisions look at. */
  record Inner(String stage) implements Turn {}
}
