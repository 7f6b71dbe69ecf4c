package io.leadgauge.scoring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells mail domains apart by what kind of mailbox they hold.
 *
 * <p>A domain that is listed stands for those below it, too; where a domain and one above it are
 * listed, the nearer counts. The lists are {@code mail-free.txt}, {@code mail-disposable.txt} and
 * {@code mail-student.txt} beside this class, read when first asked. Safe for any thread.
 */
public final class Mailboxes {
  private static final String ANY_COUNTRY = "??";
  private static final String ANY_REST = ".*";
  private static final String NOT = "!";

  private Mailboxes() {}

  /**
   * Returns the kind of mailbox that a domain holds, {@link MailboxKind#BUSINESS} if nothing else
   * is known of it.
   *
   * @param domain the part of an address after the @, in lower case
   */
  public static MailboxKind kind(String domain) {
    Lists lists = Loaded.LISTS;
    int dot = domain.indexOf('.');
    String first = dot < 0 ? domain : domain.substring(0, dot);
    if (lists.strangers.contains(first)) {
      return MailboxKind.BUSINESS;
    }
    MailboxKind listed = listed(lists, domain);
    boolean isStudent = dot >= 0 && lists.students.contains(first);
    return isStudent && listed == MailboxKind.BUSINESS ? MailboxKind.STUDENT : listed;
  }

  /** The nearest listed domain tells, and the last two labels may fit a pattern. */
  private static MailboxKind listed(Lists lists, String domain) {
    String rest = domain;
    while (true) {
      MailboxKind kind = lists.domains.get(rest);
      if (kind != null) {
        return kind;
      }
      int dot = rest.indexOf('.');
      if (dot < 0) {
        return MailboxKind.BUSINESS;
      }
      String above = rest.substring(dot + 1);
      if (above.indexOf('.') < 0 && lists.isNamedAfterUniversity(rest, above)) {
        return MailboxKind.STUDENT;
      }
      rest = above;
    }
  }

  /**
   * What the word lists say.
   *
   * @param domains by name
   * @param starts how domains of universities start, by the top-level domain above them: {@code
   *     uni-} in {@code de}
   * @param students first labels that make a domain one of students
   * @param strangers first labels that make a domain none of any list
   */
  private record Lists(
      Map<String, MailboxKind> domains,
      Map<String, Set<String>> starts,
      Set<String> students,
      Set<String> strangers) {
    boolean isNamedAfterUniversity(String domain, String above) {
      int dash = domain.indexOf('-');
      return dash > 0
          && starts.getOrDefault(above, Set.of()).contains(domain.substring(0, dash + 1));
    }

    void add(String line) {
      if (line.startsWith(NOT)) {
        strangers.add(withoutEnd(line, ANY_REST).substring(NOT.length()));
      } else if (line.endsWith(ANY_REST)) {
        students.add(withoutEnd(line, ANY_REST));
      } else if (line.endsWith(ANY_COUNTRY)) {
        addInEveryCountry(withoutEnd(line, ANY_COUNTRY));
      } else if (line.contains("*")) {
        int star = line.indexOf('*');
        starts
            .computeIfAbsent(line.substring(star + 2), above -> new HashSet<>())
            .add(line.substring(0, star));
      } else {
        domains.put(line, MailboxKind.STUDENT);
      }
    }

    private void addInEveryCountry(String start) {
      domains.put(start + "uk", MailboxKind.STUDENT);
      for (String country : Countries.codes()) {
        domains.put(start + country.toLowerCase(Locale.ROOT), MailboxKind.STUDENT);
      }
    }

    private static String withoutEnd(String line, String end) {
      return line.substring(0, line.length() - end.length());
    }
  }

  /** Holds the lists from their first use on. */
  private static final class Loaded {
    static final Lists LISTS = lists();

    private static Lists lists() {
      Lists lists = new Lists(new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>());
      ResourceLines.of("mail-student.txt").forEach(lists::add);
      List<String> disposable = ResourceLines.of("mail-disposable.txt");
      lists.domains.putAll(all(disposable, MailboxKind.DISPOSABLE));
      lists.domains.putAll(all(ResourceLines.of("mail-free.txt"), MailboxKind.FREE));
      return lists;
    }

    private static Map<String, MailboxKind> all(Iterable<String> domains, MailboxKind kind) {
      Map<String, MailboxKind> all = new HashMap<>();
      domains.forEach(domain -> all.put(domain, kind));
      return all;
    }
  }
}
