package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.replay.Aftermath;
import io.leadgauge.replay.Aftermath.OfContact;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.KeptDelivery;
import io.leadgauge.store.StoreReader;
import java.io.PrintWriter;

/** What a delivery changed, contact by contact, below the delivery itself. */
final class AftermathText {
  private final Terminal terminal;
  private final PrintWriter out;

  AftermathText(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
  }

  /**
   * Prints what followed from a delivery.
   *
   * @param most of no more contacts than this
   */
  void print(StoreReader reader, KeptDelivery kept, int most) {
    long applied = reader.lives().appliedBy(kept.line().sequence()).orElse(kept.line().sequence());
    reader.journal().entry(applied).ifPresent(entry -> print(reader, kept, entry, most));
  }

  private void print(StoreReader reader, KeptDelivery kept, JournalEntry entry, int most) {
    ConnectionId connection = kept.delivery().connection();
    if (kept.line().quarantined() != null) {
      head(
          "It has changed nothing. After a fix: leadgauge deliveries retry "
              + kept.line().sequence());
      return;
    }
    if (!entry.hasBody()) {
      head(
          "What it changed cannot be told any more; its facts and decisions stand in"
              + " leadgauge replay --contact");
      return;
    }
    try (Storyteller teller = new Storyteller(reader, connection, terminal.clock())) {
      Aftermath aftermath = teller.teller().aftermath(entry, most);
      if (aftermath.contacts().isEmpty()) {
        String trouble = teller.trouble();
        head("It has told nothing of a contact" + (trouble.isEmpty() ? "" : ": " + trouble));
        return;
      }
      head("What it changed, times in UTC");
      aftermath.contacts().forEach(this::print);
      if (aftermath.more() > 0) {
        head("and of " + Tally.counted(aftermath.more(), "contact") + " more; --limit shows them");
      }
    }
  }

  private void head(String text) {
    out.println();
    out.println(Style.STRONG.of(text, terminal.colour()));
  }

  private void print(OfContact changed) {
    out.println();
    out.println(Style.STRONG.of(StoryWords.name(changed.contact()), terminal.colour()));
    MomentText moments = new MomentText(changed.contact(), terminal);
    changed.moments().forEach(moments::print);
  }
}
