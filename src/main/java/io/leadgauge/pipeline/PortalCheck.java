package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.model.ConnectionId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a portal has what a version of its connection needs. The portal is asked only for
 * what is not known to be there. One thread looks; others may see the obstacle.
 */
final class PortalCheck {
  private static final Logger LOG = System.getLogger(PortalCheck.class.getName());

  private final ConnectionId id;
  private final Function<Connection, CrmClient> clients;
  private volatile Obstacle obstacle = Obstacle.NONE;
  private @Nullable Demand met;

  /**
   * Makes one that knows nothing of the portal.
   *
   * @param clients opens a client, to ask the portal
   */
  PortalCheck(ConnectionId id, Function<Connection, CrmClient> clients) {
    this.id = id;
    this.clients = clients;
  }

  /** Takes for granted that the portal has this: it was there when contacts were counted. */
  void assume(Demand demand) {
    met = demand;
  }

  /**
   * Tells whether the portal has what a version needs; what it lacks is the obstacle.
   *
   * @param isBack whether the version is gone back to: it needs nothing that was not there
   */
  boolean isSetUpFor(Candidate candidate, boolean isBack) {
    Demand demand = candidate.demand();
    if (isBack || (met != null && met.covers(demand))) {
      clear();
      return true;
    }
    meet(ask(candidate));
    if (obstacle.isThere()) {
      return false;
    }
    met = demand;
    return true;
  }

  private Obstacle ask(Candidate candidate) {
    try (CrmClient client = clients.apply(candidate.scope().connection())) {
      PropertiesAnswer answer = client.properties();
      return answer.trouble() == null
          ? new Obstacle(
              candidate.demand().missingIn(answer.thereFor(candidate.scope().neededOfAll())), null)
          : new Obstacle(List.of(), answer.trouble().reason());
    }
  }

  private void meet(Obstacle now) {
    if (!now.equals(obstacle) && now.isThere()) {
      LOG.log(Level.WARNING, "{0}: {1}", id, now.text());
    }
    obstacle = now;
  }

  /** Forgets the obstacle: the version that met it is wanted no more, or needs nothing. */
  void clear() {
    obstacle = Obstacle.NONE;
  }

  /** Returns what the version that was looked at last has met. */
  Obstacle obstacle() {
    return obstacle;
  }
}
