package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a contact, told from outside after a portal lived through it. */
class ReplayContactTest {
  @TempDir Path folder;

  @Test
  void life_isToldAsAStory() {
    try (StoryHouse house = new StoryHouse(folder)) {
      String jane = live(house);
      TestTerminal terminal = TestTerminal.plain();
      int code = terminal.run("replay", "--contact", jane, "--data=" + house.data);
      System.out.println(terminal.out() + terminal.err());
      terminal = TestTerminal.plain();
      terminal.run("deliveries", "show", "14", "--data=" + house.data);
      terminal.run("deliveries", "show", "23", "--data=" + house.data);
      terminal.run("deliveries", "list", "--contact", jane, "--data=" + house.data);
      terminal.run(
          "replay", "--contact", jane, "--at", "2026-11-05T13:00:00Z", "--data=" + house.data);
      System.out.println(terminal.out() + terminal.err());
      assertThat(code).isZero();
    }
  }

  /** Lets a portal live through November, and returns the contact whose story it is. */
  static String live(StoryHouse house) {
    String jane =
        house.create("contacts", "'firstname':'Jane','jobtitle':'Manager','lifecyclestage':'lead'");
    String john = house.create("contacts", "'firstname':'Jon','lifecyclestage':'lead'");
    house.passTo("02T09:00:00");
    house.deliver(house.event(house.clock.now(), "contact.creation", "'objectId':" + jane));
    house.passTo("03T10:15:00");
    String form = house.set(jane, "last_form", Long.toString(house.clock.now() - 2_000));
    long delivery = house.deliver(form);
    house.deliver(form);
    house.passTo("04T11:00:00");
    house.deliver(house.set(jane, "jobtitle", "VP Sales"));
    house.passTo("05T14:20:00");
    house.deliver(house.set(john, "last_form", Long.toString(house.clock.now() - 2_000)));
    house.passTo("06T09:30:00");
    house.post("/_sandbox/contacts/" + jane + "/merge", "{'with':'" + john + "'}");
    house.deliver(
        house.event(
            house.clock.now(),
            "contact.merge",
            "'objectId':%s,'primaryObjectId':%s,'mergedObjectIds':[%s],'newObjectId':%s"
                .formatted(jane, jane, john, jane)));
    house.passTo("09T16:45:00");
    house.post("{\"objectId\":" + jane + ",\"propertyName\":\"jobtitle\"}");
    house.deliver(
        house.setAt(
            StoryHouse.at("05T12:00:00"),
            jane,
            "last_form",
            Long.toString(StoryHouse.at("05T11:59:58"))));
    house.passTo("11T12:00:00");
    house.deliver(house.set(jane, "lifecyclestage", "lead"));
    house.passTo("20T12:00:00");
    house.change("models/acme/model.yaml", "points: 30", "points: 40");
    house.passTo("30T12:00:00");
    return jane;
  }
}
