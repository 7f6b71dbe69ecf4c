package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {
  private static final Pattern ID = Pattern.compile("\"(?:id|url)\" ?: ?\"[^\"]*?(\\w{18})\"");

  @ParameterizedTest
  @ValueSource(strings = {"collections-update-success", "query-leads-page", "bulk-job-complete"})
  void recordedIds_haveTheChecksumThatWeMake(String sample) throws IOException {
    String text = Files.readString(Shared.path("contracts/salesforce/rest/" + sample + ".json"));
    Matcher ids = ID.matcher(text);
    int checked = 0;
    while (ids.find()) {
      String id = ids.group(1);
      assertThat(RecordId.read(id)).contains(id);
      assertThat(RecordId.read(id.substring(0, 15))).contains(id);
      checked++;
    }
    assertThat(checked).isPositive();
  }

  @Test
  void wrongChecksum_orShape_isNoId() {
    assertThat(RecordId.read("003ak00000jvIfpAAA")).isEmpty();
    assertThat(RecordId.read("003ak00000jvIfp")).isPresent();
    assertThat(RecordId.read("005ZM000000Q6ip")).contains("005ZM000000Q6ipYAC");
    assertThat(RecordId.read("003ak00000jvIf")).isEmpty();
    assertThat(RecordId.read("003ak00000jvIf-")).isEmpty();
  }

  @Test
  void idsInARow_growAndDifferByCaseAlone() {
    List<String> ids = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      ids.add(RecordId.of("00Q", 38_440 + i));
    }
    assertThat(ids).isSorted().allMatch(id -> RecordId.read(id).isPresent());
    TreeSet<String> folded = new TreeSet<>();
    ids.forEach(id -> folded.add(id.substring(0, 15).toLowerCase(Locale.ROOT)));
    assertThat(folded.size()).as("fewer without case").isLessThan(ids.size());
  }
}
