package io.leadgauge.cli;

/** How a word stands out on a terminal that can show it. */
enum Style {
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  BAD("31"),
  DOUBTFUL("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** Returns a text in this style, or as it is where there are no colours. */
  String of(String text, boolean colour) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
