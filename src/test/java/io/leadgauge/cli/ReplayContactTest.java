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
      String jane = house.create("contacts", "'firstname':'Jane','jobtitle':'Manager'");
      house.passTo("02T09:00:00");
      house.deliver(house.event(house.clock.now(), "contact.creation", "'objectId':" + jane));
      house.passTo("03T10:15:00");
      String form = house.set(jane, "last_form", Long.toString(house.clock.now() - 2_000));
      house.deliver(form);
      house.deliver(form);
      house.passTo("04T11:00:00");
      house.deliver(house.set(jane, "jobtitle", "VP Sales"));
      TestTerminal terminal = TestTerminal.plain();
      int code = terminal.run("replay", "--contact", jane, "--data=" + house.data);
      System.out.println(terminal.out() + terminal.err());
      assertThat(code).isZero();
    }
  }
}
