package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearRegexTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void regex_random_agreesWithThePlatform(long seed) {
    RandomRegex random = new RandomRegex(seed);
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      RandomRegex.Sample sample = random.next();
      LinearRegex linear = LinearRegex.of(sample.regex());
      Pattern platform = platform(sample.plain());
      for (int j = 0; j < 4; j++) {
        String text = random.text();
        boolean expected = platform.matcher(text).find();
        assertThat(linear.isIn(text))
            .as("seed %d, <%s> in <%s>", seed, sample.regex(), text)
            .isEqualTo(expected);
        found += expected ? 1 : 0;
      }
    }
    assertThat(found).as("seed %d", seed).isBetween(2_000, 6_000);
  }

  /** The large character, no time, lets the platform not search between the halves of one. */
  private static Pattern platform(String plain) {
    return Pattern.compile(
        "(?:😀){0}(?:" + plain + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          ""                ; ""        ; true
          ""                ; x         ; true
          ^$                ; ""        ; true
          ^$                ; x         ; false
          a|                ; x         ; true
          ^(|a)b            ; ab        ; true
          ^a{0}b            ; ab        ; false
          ^(a*)*$           ; aaa       ; true
          ^(a*)+$           ; aab       ; false
          ^(a?){3}$         ; aa        ; true
          ^(a?){3}$         ; aaaa      ; false
          ^(?:^.?){2}$      ; x         ; true
          ^(){1000}$        ; ""        ; true
          ^a{2,}?$          ; a         ; false
          ^a{2,}?$          ; aaaaa     ; true
          ^a{2,3}$          ; aaaa      ; false
          ^[^a]$            ; A         ; false
          ^[A-Z]+$          ; straße    ; false
          ^[A-ZẞÄ]+$        ; Sträße    ; true
          ÄRZTIN            ; die ärztin ; true
          σ                 ; ς         ; true
          [\\w-.]           ; -         ; true
          ^[a-c-e]+$        ; b-e       ; true
          ^[a-c-e]+$        ; d         ; false
          ^[$^.]+$          ; .^$       ; true
          ^[-a]+[a-]$       ; a--       ; true
          ^.$               ; 😀        ; true
          ^[^x]$            ; 😀        ; true
          \\u00E4           ; Ä         ; true
          \\B               ; 😀        ; true
          ^x]}$             ; x]}       ; true
          \\bvp\\b          ; the VP, x ; true
          \\bvp\\b          ; vpx       ; false
          \\bÄ              ; Ä         ; false
          \\_\\-\\/\\é      ; _-/É      ; true
          """)
  void regex_edge_isDecided(String regex, String text, boolean expected) {
    assertThat(LinearRegex.of(regex).isIn(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "^a[^x]b$", "a\\sb", "a\\nb"})
  void regex_lineEnd_isMatchedByAllButThePoint(String regex) {
    assertThat(LinearRegex.of(regex).isIn("a\nb")).isEqualTo(!regex.equals("a.b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*)*$x",
        "^(a+)+$",
        "(?:a*|b*)(?:a*|b*)(?:a*|b*)(?:a*|b*)(?:a*|b*)(?:a*|b*)(?:a*|b*)(?:a*|b*)x",
        "((a?){30}){30}x",
        "(a|aa)+$",
        "(?:(?:(?:(?:a*)*)*)*)*x",
        "(.*)(.*)(.*)(.*)(.*)(.*)[^!]$",
        "(?:\\B|a|){60}!x",
        "(.|a|[^b]){450}x",
      })
  void regex_thatExplodesElsewhere_takesAStepPerStateAndPlace(String regex) {
    LinearRegex linear = LinearRegex.of(regex);
    String text = "a".repeat(Condition.Matches.MOST_MATCHED - 1) + "!";
    LinearRegex.Search search = linear.search(text.repeat(100));
    assertThat(search.found()).isFalse();
    assertThat(search.steps()).isLessThanOrEqualTo(linear.size() * (text.length() + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a(?=b)      ; 1 ; look-ahead is not supported
          a(?!b)      ; 1 ; look-ahead is not supported
          (?<=a)b     ; 0 ; look-behind is not supported
          b(?<!a)     ; 1 ; look-behind is not supported
          (?<n>a)     ; 0 ; a named group is not supported
          (?>a)       ; 0 ; an atomic group is not supported
          ab(?i)c     ; 2 ; an inline flag is not supported
          (?          ; 0 ; an inline flag is not supported
          a++         ; 1 ; a possessive quantifier is not supported
          ba{2}+      ; 2 ; a possessive quantifier is not supported
          (a)\\1      ; 3 ; a back reference is not supported
          (a)\\k<n>   ; 3 ; a back reference is not supported
          a\\p{L}     ; 1 ; a Unicode property is not supported
          [\\PL]      ; 1 ; a Unicode property is not supported
          \\Qa\\E     ; 0 ; the escape \\Q is not supported
          a\\z        ; 1 ; the escape \\z is not supported
          \\x41       ; 0 ; the escape \\x is not supported
          [\\b]       ; 1 ; the escape \\b is not supported
          [a&&b]      ; 2 ; an intersection of classes is not supported, for the character write \\&
          [a[b]]      ; 2 ; a class in a class is not supported, for the character write \\[
          a(b(c)      ; 1 ; a group without its ), for the character write \\(
          a)b         ; 1 ; a ) without its (, for the character write \\)
          a[b         ; 1 ; a class without its ], for the character write \\[
          a[b-        ; 1 ; a class without its ], for the character write \\[
          a[          ; 1 ; a class without its ], for the character write \\[
          a[^]        ; 1 ; an empty class, for the character write \\]
          [xz-a]      ; 2 ; no range of characters: z-a
          [a-\\d]     ; 1 ; no range of characters: a-\\d
          *a          ; 0 ; nothing to repeat before *, for the character write \\*
          a|+         ; 2 ; nothing to repeat before +, for the character write \\+
          {2}         ; 0 ; nothing to repeat before {, for the character write \\{
          a**         ; 2 ; a repetition of a repetition, put the first in a group
          a{2}{3}     ; 4 ; a repetition of a repetition, put the first in a group
          a*??        ; 3 ; a repetition of a repetition, put the first in a group
          a{          ; 1 ; no repetition such as {2}, {2,} or {2,5}, for the character write \\{
          a{,2}       ; 1 ; no repetition such as {2}, {2,} or {2,5}, for the character write \\{
          a{2         ; 1 ; no repetition such as {2}, {2,} or {2,5}, for the character write \\{
          a{3,2}      ; 1 ; a repetition of at least 3, at most 2
          a\\         ; 1 ; nothing after \\, for the character write \\\\
          a\\u12G4    ; 1 ; no code such as \\u00e4
          \\ud83d     ; 0 ; half a character, write the character itself
          a{2500}     ; 0 ; with its repetitions written out it has more than 2500 states
          a{99999999999999} ; 0 ; with its repetitions written out it has more than 2500 states
          ((a{9}){90}){90} ; 0 ; with its repetitions written out it has more than 2500 states
          ((){0,999}){0,999} ; 0 ; with its repetitions written out it has more than 2500 states
          """)
  void regex_notUnderstood_isRefusedWithItsPlace(String regex, int index, String description) {
    assertRefused(regex, index, description);
  }

  @ParameterizedTest
  @CsvSource({
    "a, 1001, 1000, longer than 1000 characters",
    "(, 1000, 100, 'groups in groups, more than 100 deep'",
  })
  void regex_tooMuch_isRefused(String part, int times, int index, String description) {
    assertRefused(part.repeat(times), index, description);
  }

  private static void assertRefused(String regex, int index, String description) {
    RegexException refusal =
        catchThrowableOfType(RegexException.class, () -> LinearRegex.of(regex));
    assertThat(refusal).as(regex).isNotNull();
    assertThat(refusal.description()).isEqualTo(description);
    assertThat(refusal.index()).isEqualTo(index);
  }
}
