package io.leadgauge.scoring;

/** Says that a text is no regular expression of the kind that is understood, why, and where. */
public final class RegexException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String description;
  private final int index;

  RegexException(int index, String description) {
    super(description + " (at index " + index + ")");
    this.description = description;
    this.index = index;
  }

  /** Returns what is wrong, without the place. */
  public String description() {
    return description;
  }

  /** Returns where it is wrong: an index into the expression, from 0 to its length. */
  public int index() {
    return index;
  }
}
