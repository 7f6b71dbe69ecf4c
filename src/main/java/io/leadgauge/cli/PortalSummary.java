package io.leadgauge.cli;

import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found in a portal, for somebody who is not about to set it up. */
final class PortalSummary {
  private static final int FEWEST_TO_SUM = 2;

  private final String connection;
  private final List<Finding> found;

  PortalSummary(String connection, List<Finding> found) {
    this.connection = connection;
    this.found = List.copyOf(found);
  }

  /**
   * Returns the findings. What would be made is missing here.
   *
   * @param all whether each stands for itself; else there is one line for what is as it should be,
   *     and one for what is missing
   */
  List<Finding> findings(boolean all) {
    if (all) {
      return found.stream().map(this::missing).toList();
    }
    List<Finding> summed = new ArrayList<>();
    Set<String> areas = new LinkedHashSet<>();
    found.forEach(one -> areas.add(one.area()));
    areas.forEach(area -> summed.addAll(summed(area)));
    return summed;
  }

  private Finding missing(Finding one) {
    return one.verdict() == Verdict.PLANNED
        ? Finding.problem(one.area(), one.subject(), "is not there", cure())
        : one;
  }

  private String cure() {
    return "./leadgauge setup " + connection + " makes what is missing";
  }

  private List<Finding> summed(String area) {
    List<Finding> there = found.stream().filter(one -> one.area().equals(area)).toList();
    List<Finding> well = there.stream().filter(one -> isSummed(area, one)).toList();
    List<Finding> planned = of(there, Verdict.PLANNED);
    List<Finding> rest = new ArrayList<>(there);
    rest.removeAll(planned);
    if (well.size() >= FEWEST_TO_SUM) {
      rest.removeAll(well);
      int at = area.equals(CrmSetup.ACCESS) ? rest.size() : 0;
      rest.add(at, sum(area, well.size()));
    }
    if (!planned.isEmpty()) {
      String names = String.join(", ", planned.stream().map(Finding::subject).toList());
      rest.add(Finding.problem(area, "missing", names, cure()));
    }
    return rest;
  }

  private static List<Finding> of(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(one -> one.verdict() == verdict).toList();
  }

  private static boolean isSummed(String area, Finding one) {
    return one.verdict() == Verdict.OK
        && switch (area) {
          case CrmSetup.READS, CrmSetup.WRITES -> true;
          case CrmSetup.ACCESS -> one.detail().startsWith(CrmSetup.GRANTED);
          default -> false;
        };
  }

  private static Finding sum(String area, int well) {
    return area.equals(CrmSetup.ACCESS)
        ? Finding.ok(area, "scopes", well + " granted")
        : Finding.ok(area, "types", well + " are there and fit");
  }
}
