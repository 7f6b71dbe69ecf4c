package io.leadgauge.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a query.
 *
 * @param text the text that it stands for: without quotes and escapes
 * @param at where it begins in the query, from 0
 */
record SoqlToken(Kind kind, String text, int at) {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<word>[A-Za-z_][A-Za-z0-9_.]*)\
          |(?<dateTime>\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(?:Z|[+-]\\d{2}:\\d{2}))\
          |(?<date>\\d{4}-\\d{2}-\\d{2})\
          |(?<number>[+-]?\\d+(?:\\.\\d+)?)\
          |'(?<string>(?:[^'\\\\]++|\\\\.)*+)'\
          |(?<symbol><=|>=|!=|<>|[=<>(),])\
          """,
          Pattern.DOTALL);

  private static final Pattern SPACE = Pattern.compile("\\s*");

  /** What a word can be; the names are those of the groups of the pattern in capitals. */
  enum Kind {
    WORD,
    DATETIME,
    DATE,
    NUMBER,
    STRING,
    SYMBOL,
    END
  }

  boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
  }

  /** Takes a query apart; the last token is the end. */
  static List<SoqlToken> of(String query) {
    List<SoqlToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(query);
    int at = afterSpace(query, 0);
    while (at < query.length()) {
      if (!matcher.region(at, query.length()).lookingAt()) {
        throw Soql.malformed(query, at, "line 1:%d no viable alternative".formatted(at));
      }
      tokens.add(token(query, matcher, at));
      at = afterSpace(query, matcher.end());
    }
    tokens.add(new SoqlToken(Kind.END, "<EOF>", query.length()));
    return tokens;
  }

  private static SoqlToken token(String query, Matcher matcher, int at) {
    if (matcher.group("word") != null) {
      return new SoqlToken(Kind.WORD, matcher.group(), at);
    } else if (matcher.group("dateTime") != null) {
      return new SoqlToken(Kind.DATETIME, matcher.group(), at);
    } else if (matcher.group("date") != null) {
      return new SoqlToken(Kind.DATE, matcher.group(), at);
    } else if (matcher.group("number") != null) {
      return new SoqlToken(Kind.NUMBER, matcher.group(), at);
    } else if (matcher.group("string") != null) {
      return new SoqlToken(Kind.STRING, unescaped(query, matcher.group("string"), at), at);
    }
    return new SoqlToken(Kind.SYMBOL, matcher.group(), at);
  }

  private static int afterSpace(String query, int from) {
    Matcher space = SPACE.matcher(query).region(from, query.length());
    return space.lookingAt() ? space.end() : from;
  }

  private static String unescaped(String query, String quoted, int at) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char next = quoted.charAt(i);
      if (next != '\\') {
        text.append(next);
        continue;
      }
      char escaped = quoted.charAt(++i);
      int known = "nNrRtTbBfF\"'\\".indexOf(escaped);
      if (known < 0) {
        throw Soql.malformed(query, at, "Illegal string literal: Invalid string literal");
      }
      text.append("\n\n\r\r\t\t\b\b\f\f\"'\\".charAt(known));
    }
    return text.toString();
  }
}
