package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words that a release knows, and the next may know better. What is in a list is part of what a
 * model means that asks for it. Safe for any thread.
 */
enum WordList {
  /** The names of countries. */
  COUNTRIES,
  /** The words of departments, and those of job titles, which tell who is at the top. */
  DEPARTMENTS,
  /** The domains of mailboxes, for some of which countries are written out. */
  MAILBOXES,
  /** The words of job titles. */
  SENIORITIES;

  private static final Map<WordList, String> DIGESTS = new ConcurrentHashMap<>();

  /**
   * Returns a digest of what is in the list, computed when first asked: the same while it holds the
   * same words, in whatever order.
   */
  String digest() {
    return DIGESTS.computeIfAbsent(this, list -> digest(list.tables()));
  }

  /** Returns the digest of tables in an order that counts, of words in one that does not. */
  static String digest(List<Set<String>> tables) {
    return Canonical.sha256(tables.stream().map(TreeSet::new).toList().toString());
  }

  private List<Set<String>> tables() {
    return switch (this) {
      case COUNTRIES -> List.of(lines("countries.txt"));
      case DEPARTMENTS -> {
        List<Set<String>> both = new ArrayList<>(DepartmentWords.tables());
        both.addAll(TitleWords.tables());
        yield both;
      }
      case MAILBOXES ->
          List.of(
              lines("mail-free.txt"),
              lines("mail-disposable.txt"),
              lines("mail-student.txt"),
              Countries.codes());
      case SENIORITIES -> TitleWords.tables();
    };
  }

  private static Set<String> lines(String resource) {
    return Set.copyOf(ResourceLines.of(resource));
  }
}
