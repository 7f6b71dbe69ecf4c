package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digests of word lists: others for other words, and nothing left out. */
final class WordListTest {
  @ParameterizedTest
  @EnumSource(WordList.class)
  void digest_ofAList_isItsOwnAndTheSameEachTime(WordList list) {
    assertThat(list.digest()).matches("[0-9a-f]{64}").isEqualTo(list.digest());
    assertThat(Stream.of(WordList.values()).map(WordList::digest).distinct()).hasSize(4);
  }

  @Test
  void digest_goesByWordsAndTheirTable_notByTheirOrder() {
    String digest = WordList.digest(List.of(Set.of("a", "b", "c"), Set.of("d")));
    assertThat(WordList.digest(List.of(Set.of("c", "b", "a"), Set.of("d")))).isEqualTo(digest);
    assertThat(WordList.digest(List.of(Set.of("a", "b"), Set.of("c", "d")))).isNotEqualTo(digest);
    assertThat(WordList.digest(List.of(Set.of("a", "b", "c"), Set.of()))).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(classes = {TitleWords.class, DepartmentWords.class})
  void tables_ofPhrases_holdEveryText(Class<?> words) throws IllegalAccessException {
    List<Set<String>> tables =
        words == TitleWords.class ? TitleWords.tables() : DepartmentWords.tables();
    assertThat(tables).containsAll(texts(words));
  }

  /** Returns the words of every constant that is a text, or a set of texts. */
  private static List<Set<String>> texts(Class<?> words) throws IllegalAccessException {
    List<Set<String>> texts = new ArrayList<>();
    for (Field field : words.getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(null) instanceof String text) {
        texts.add(Phrases.split(text));
      } else if (field.get(null) instanceof Set<?> set
          && set.stream().allMatch(String.class::isInstance)) {
        texts.add(set.stream().map(String.class::cast).collect(Collectors.toSet()));
      }
    }
    return texts;
  }
}
