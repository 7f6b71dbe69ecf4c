package io.leadgauge.replay;

/** Which of the two models of a comparison. */
public enum Side {
  /** The one that is in force. */
  OLD("old"),
  /** The one that would take its place. */
  NEW("new");

  private final String word;

  Side(String word) {
    this.word = word;
  }

  /** Returns the word for it in reports. */
  public String word() {
    return word;
  }
}
