package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.model.Clockwork;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;

/** Who can own tasks, as last asked. For one thread. */
final class Owners {
  private static final Logger LOG = System.getLogger(Owners.class.getName());
  private static final long FRESH_MILLIS = Duration.ofHours(1).toMillis();

  /** Somebody whom the last answer does not name may be new. */
  private static final long ASK_AGAIN_MILLIS = Duration.ofMinutes(1).toMillis();

  private final CrmClient client;
  private final Clockwork clock;
  private Set<String> active = Set.of();
  private long askedAt;
  private boolean known;
  private boolean asked;

  Owners(CrmClient client, Clockwork clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Tells whether an owner is surely gone; where the CRM does not tell, it is not. */
  boolean isGone(String owner) {
    long age = clock.now() - askedAt;
    boolean missed = age >= ASK_AGAIN_MILLIS && !(known && active.contains(owner));
    if (!asked || age >= FRESH_MILLIS || missed) {
      ask();
    }
    return known && !active.contains(owner);
  }

  private void ask() {
    OwnersAnswer answer = client.owners();
    askedAt = clock.now();
    asked = true;
    known = answer.trouble() == null;
    active = answer.ids();
    if (answer.trouble() != null) {
      LOG.log(Level.WARNING, "owners cannot be listed: {0}", answer.trouble().reason());
    }
  }
}
