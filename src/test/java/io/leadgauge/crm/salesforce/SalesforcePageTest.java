package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.OrgInTests.lead;
import static io.leadgauge.crm.salesforce.OrgInTests.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page shows of Salesforce's deliveries is read as it says. */
class SalesforcePageTest {
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private static List<List<CrmEvent>> shown() throws IOException {
    String page = Files.readString(Path.of("docs/salesforce.md"));
    String part = page.substring(page.indexOf("## What Salesforce sends"));
    return BLOCK.matcher(part).results().map(block -> OrgInTests.events(block.group(1))).toList();
  }

  @Test
  void everyBodyOnThePage_saysItAll() throws IOException {
    assertThat(shown())
        .hasSize(4)
        .allSatisfy(
            events ->
                assertThat(events).extracting(CrmEvent::meaning).containsExactly(Meaning.FACTS));
  }

  @Test
  void changeEventOnThePage_namesPartsByTheirApiNames() throws IOException {
    List<Fact> facts = shown().getLast().getFirst().facts();
    assertThat(facts)
        .containsExactlyInAnyOrder(
            set(lead(Messages.ANN), "Title", 1_795_341_600_000L, "CEO"),
            set(lead(Messages.ANN), "Street", 1_795_341_600_000L, "1 Main Street"),
            set(lead(Messages.ANN), "LastName", 1_795_341_600_000L, "Lee"),
            set(lead(Messages.ANN), "Rating", 1_795_341_600_000L, ""));
  }
}
