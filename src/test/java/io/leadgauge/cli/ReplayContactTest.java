package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The life of a contact as it is told after a portal lived through it, and as the page shows it.
 */
class ReplayContactTest {
  private static final Path PAGE = Path.of("docs/replay-contact.md");

  @TempDir static Path folder;
  private static StoryHouse house;
  private static String jane;

  @BeforeAll
  static void live() {
    house = new StoryHouse(folder);
    jane = live(house);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  /** Lets a portal live through November, and returns the contact whose story it is. */
  private static String live(StoryHouse house) {
    String jane =
        house.create("contacts", "'firstname':'Jane','jobtitle':'Manager','lifecyclestage':'lead'");
    String jon = house.create("contacts", "'firstname':'Jon','lifecyclestage':'lead'");
    String firm = house.create("companies", "'name':'Firm','numberofemployees':'90'");
    house.passTo("02T09:00:00");
    house.deliver(house.event(house.clock.now(), "contact.creation", "'objectId':" + jane));
    house.passTo("03T10:15:00");
    String form = house.form(jane, StoryHouse.at("03T10:14:58"));
    house.deliver(form);
    house.deliver(form);
    house.passTo("04T11:00:00");
    house.deliver(house.set(jane, "jobtitle", "VP Sales"));
    house.passTo("04T11:05:00");
    house.passTo("04T11:10:00");
    house.passTo("05T14:20:00");
    house.deliver(house.form(jon, StoryHouse.at("05T14:19:58")));
    house.passTo("06T09:30:00");
    house.post("/_sandbox/contacts/" + jane + "/merge", "{'with':'" + jon + "'}");
    house.deliver(house.merged(jane, jon));
    house.passTo("08T12:00:00");
    house.deliver(house.set(jane, "lifecyclestage", "lead"));
    house.passTo("09T16:45:00");
    house.deliver(house.form(jane, StoryHouse.at("05T12:00:00")));
    house.post("{\"objectId\":" + jane + ",\"propertyName\":\"jobtitle\"}");
    // Known before anybody works there: two reads at once have no order.
    house.passTo("15T18:00:00");
    house.deliver(house.founded(firm));
    house.passTo("16T08:30:00");
    house.deliver(house.employ(jane, firm));
    house.passTo("17T15:00:00");
    house.deliver(house.grow(firm, 600));
    house.passTo("18T10:00:00");
    house.change("models/acme/model.yaml", "points: 30", "points: 40");
    house.passTo("20T12:00:00");
    house.post(
        "/_sandbox/properties/contacts/lead_score",
        "{'rule':{'pattern':'[5-9][0-9]','message':'A score is 50 to 99'}}");
    house.deliver(house.set(jane, "jobtitle", "Sales assistant"));
    house.passTo("24T12:00:00");
    return jane;
  }

  /** Returns the block of the page that shows what a command prints. */
  private static String shown(String command) throws IOException {
    Pattern block =
        Pattern.compile("```text\n\\$ ./leadgauge \\Q" + command + "\\E\n(.*?)```", Pattern.DOTALL);
    Matcher matcher = block.matcher(Files.readString(PAGE));
    assertThat(matcher.find()).as(command).isTrue();
    return matcher.group(1);
  }

  private static void assertShown(String command) throws IOException {
    String told = house.told(command.split(" ", -1));
    assertThat(told).isEqualTo(shown(command));
  }

  @Test
  void life_isToldAsThePageShows() throws IOException {
    assertShown("replay --contact " + jane);
  }

  @Test
  void instant_isSeenAsThePageShows() throws IOException {
    assertShown("replay --contact " + jane + " --at 2026-11-05T13:00:00Z");
  }

  @Test
  void delivery_isShownWithWhatItChanged() throws IOException {
    assertShown("deliveries show 14");
  }

  @Test
  void life_onANarrowTerminal_keepsWithinIt() {
    StringWriter out = new StringWriter();
    assertThat(house.run(out, true, 60, "replay", "--contact", jane)).isZero();
    assertThat(out.toString()).contains("\u001b[");
    assertThat(out.toString().replaceAll("\u001b\\[[0-9]*m", "").lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(60));
  }

  @Test
  void life_forPrograms_tellsTheSameMoments() throws IOException {
    String told = house.told("replay", "--contact", jane, "--format", "json");
    JsonNode moments = new ObjectMapper().readTree(told).path("moments");
    assertThat(moments.findValuesAsText("kind"))
        .contains("delivery", "read", "written", "decision", "quarantined", "time", "version");
    assertThat(moments.findValuesAsText("arrival")).contains("news", "repetition");
  }

  @Test
  void deliveries_areFoundByContactTimeAndOutcome() {
    assertThat(house.told("deliveries", "list", "--contact", jane).lines())
        .hasSizeGreaterThan(5)
        .noneMatch(line -> line.contains("quarantined"));
    assertThat(house.told("deliveries", "list", "--outcome", "quarantined").lines()).hasSize(2);
    assertThat(
            house
                .told(
                    "deliveries",
                    "list",
                    "--connection=acme",
                    "--since=2026-11-04",
                    "--until=2026-11-05")
                .lines())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--since=2026-11-01|--since and --until go with --model and --send; a life is cut by",
        "--at=2026-11-05 --limit=3|--limit goes with the whole life, not with --at",
        "--model=new.yaml|--contact, --model and --send: one of them at a time",
        "--connection=other|no connection other was ever served from here; known: acme",
        "--format=xml|--format xml, expected one of text, json",
      })
  void wrongUse_isToldPlainly(String options, String error) {
    StringWriter out = new StringWriter();
    String[] arguments =
        Stream.concat(Stream.of("replay", "--contact", jane), Arrays.stream(options.split(" ", -1)))
            .toArray(String[]::new);
    assertThat(house.run(out, false, 80, arguments)).isEqualTo(ExitCode.WRONG_USE);
    assertThat(out.toString()).contains(error);
  }

  @Test
  void contact_ofWhomNothingIsKept_isRefusedByName() {
    StringWriter out = new StringWriter();
    assertThat(house.run(out, false, 80, "replay", "--contact", "99")).isEqualTo(2);
    assertThat(out.toString()).contains("nothing is kept of contact/99");
  }
}
