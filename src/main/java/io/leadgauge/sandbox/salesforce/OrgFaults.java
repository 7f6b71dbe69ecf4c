package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What goes wrong in an org, how often: a share from 0 to 1.
 *
 * <p>As text: the items of {@link Faults}, but for the statuses that only HubSpot answers, and
 * {@code row-lock=0.01}.
 *
 * @param faults those of calls and of deliveries
 * @param rowLock the share of saves that find their record locked
 */
public record OrgFaults(Faults faults, double rowLock) {

  /** Nothing goes wrong. */
  public static final OrgFaults NONE = new OrgFaults(Faults.NONE, 0);

  private static final String ROW_LOCK = "row-lock=";
  private static final Set<String> NOT_HERE = Set.of("423", "429", "477", "521", "523", "524");

  /**
   * Reads the text form; blank means none.
   *
   * @throws IllegalArgumentException naming the item that is wrong and what was expected
   */
  public static OrgFaults parse(String text) {
    List<String> others = new ArrayList<>();
    double rowLock = 0;
    for (String item : text.split(",", -1)) {
      String stripped = item.strip();
      if (stripped.startsWith(ROW_LOCK)) {
        rowLock = share(stripped);
      } else {
        others.add(item);
      }
    }
    Faults faults = Faults.parse(String.join(",", others));
    for (String name : faults.calls().keySet()) {
      if (!strikesCalls(name)) {
        throw new IllegalArgumentException(
            "faults: \"" + name + "\": Salesforce does not answer so");
      }
    }
    return new OrgFaults(faults, rowLock);
  }

  /** Whether a name is that of a fault that strikes calls to Salesforce. */
  static boolean strikesCalls(String name) {
    return Faults.strikesCalls(name) && !NOT_HERE.contains(name);
  }

  private static double share(String item) {
    String value = item.substring(ROW_LOCK.length());
    if (!value.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?")) {
      throw new IllegalArgumentException(
          "faults: \"" + item + "\": the share must be a number from 0 to 1");
    }
    return Double.parseDouble(value);
  }

  /** The text form, which {@link #parse} reads; {@code none} is blank. */
  @Override
  public String toString() {
    String others = faults.toString();
    String lock = rowLock > 0 ? ROW_LOCK + rowLock : "";
    return others.isEmpty() || lock.isEmpty() ? others + lock : others + "," + lock;
  }
}
