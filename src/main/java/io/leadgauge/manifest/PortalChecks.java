package io.leadgauge.manifest;

import io.leadgauge.crm.StageMap;
import java.util.HashMap;
import java.util.Map;

/** Checks that no two connections write the same field of the same portal. Not thread-safe. */
final class PortalChecks {
  private final Problems problems;

  /** Who writes a field, by portal and field. */
  private final Map<Target, String> writers = new HashMap<>();

  PortalChecks(Problems problems) {
    this.problems = problems;
  }

  private record Target(String portal, String property) {}

  /** Checks a connection against those before it. */
  void check(ReadConnection connection) {
    String portal = connection.portal();
    if (portal == null) {
      return;
    }
    for (ReadModelUse use : connection.models()) {
      use.use()
          .fields()
          .forEach(
              (output, property) ->
                  claim(connection, new Target(portal, property), use.at(output)));
      StageMap stages = use.use().stages();
      if (stages != null) {
        claim(connection, new Target(portal, stages.property()), use.stages().at());
      }
    }
  }

  private void claim(ReadConnection connection, Target target, Position at) {
    String name = connection.header().name();
    String other = writers.putIfAbsent(target, name);
    if (other != null && !other.equals(name)) {
      String what = target.property() + " of portal " + target.portal();
      problems.error(
          at, what + " is written by the connection " + other + ", expected one writer a field");
    }
  }
}
