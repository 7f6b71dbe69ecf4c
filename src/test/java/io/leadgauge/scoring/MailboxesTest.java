package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailboxesTest {
  @ParameterizedTest
  @CsvSource({
    "gmail.com, FREE",
    "mail.gmail.com, FREE",
    "yahoo.co.uk, FREE",
    "gmx.de, FREE",
    "orange.fr, FREE",
    "libero.it, FREE",
    "uol.com.br, FREE",
    "qq.com, FREE",
    "privaterelay.appleid.com, FREE",
    "mailinator.com, DISPOSABLE",
    "anything.mailinator.com, DISPOSABLE",
    "yopmail.com, DISPOSABLE",
    "guerrillamail.com, DISPOSABLE",
    "trashmail.de, DISPOSABLE",
    "10minutemail.com, DISPOSABLE",
    "mit.edu, STUDENT",
    "cs.mit.edu, STUDENT",
    "unimelb.edu.au, STUDENT",
    "ox.ac.uk, STUDENT",
    "u-tokyo.ac.jp, STUDENT",
    "uni-koeln.de, STUDENT",
    "smail.uni-koeln.de, STUDENT",
    "tu-dresden.de, STUDENT",
    "mailbox.tu-dresden.de, STUDENT",
    "fh-aachen.de, STUDENT",
    "univ-lyon1.fr, STUDENT",
    "ethz.ch, STUDENT",
    "student.ethz.ch, STUDENT",
    "student.somewhere.example, STUDENT",
    "stud.somewhere.example, STUDENT",
    "alumni.harvard.edu, BUSINESS",
    "alumni.ethz.ch, BUSINESS",
    "acme.example, BUSINESS",
    "appleid.com, BUSINESS",
    "notgmail.com, BUSINESS",
    "gmail.com.example, BUSINESS",
    "edu.example.com, BUSINESS",
    "uni-example.com, BUSINESS",
    "shop.uni-example.com, BUSINESS",
    "university.de, BUSINESS",
    "student, BUSINESS",
    "localhost, BUSINESS",
  })
  void domain_ofEveryKind_isOfThatKindAlone(String domain, MailboxKind expected) {
    for (MailboxKind kind : MailboxKind.values()) {
      assertThat(Mailboxes.kind(domain) == kind).as(kind.name()).isEqualTo(kind == expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail-free.txt", "mail-disposable.txt", "mail-student.txt"})
  void list_every_isSortedUniqueAndLowerCase(String list) {
    List<String> domains = ResourceLines.of(list);
    assertThat(domains).hasSizeGreaterThanOrEqualTo(300).isSorted().doesNotHaveDuplicates();
    assertThat(domains).allSatisfy(d -> assertThat(d).isEqualTo(d.toLowerCase(Locale.ROOT)));
    assertThat(domains)
        .allSatisfy(d -> assertThat(d).matches("!?[a-z0-9-]+\\*?(\\.[a-z0-9*?-]+)*"));
  }

  @Test
  void list_every_sharesNoDomainWithAnother() {
    List<String> free = ResourceLines.of("mail-free.txt");
    List<String> disposable = ResourceLines.of("mail-disposable.txt");
    List<String> student = ResourceLines.of("mail-student.txt");
    assertThat(free).doesNotContainAnyElementsOf(disposable).doesNotContainAnyElementsOf(student);
    assertThat(disposable).doesNotContainAnyElementsOf(student);
    assertThat(free).allSatisfy(d -> assertThat(Mailboxes.kind(d)).isEqualTo(MailboxKind.FREE));
    assertThat(disposable)
        .allSatisfy(d -> assertThat(Mailboxes.kind(d)).isEqualTo(MailboxKind.DISPOSABLE));
  }

  @ParameterizedTest
  @EnumSource
  void kind_byItsWord_isFound(MailboxKind kind) {
    assertThat(MailboxKind.ofWord(kind.word())).contains(kind);
    assertThat(MailboxKind.ofWord(kind.name())).isEmpty();
  }
}
