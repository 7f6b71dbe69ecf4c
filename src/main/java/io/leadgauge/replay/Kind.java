package io.leadgauge.replay;

/** What a model places a contact in, in the order of reports. */
public enum Kind {
  LABEL("label"),
  GRADE("grade"),
  STAGE("stage"),
  SEGMENT("segment");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** Returns the word for it in reports. */
  public String word() {
    return word;
  }
}
