package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that somebody else is saving. Who saves a child needs its parents too: a contact its
 * account, a task whom and what it is about, a campaign member its campaign and person.
 */
final class Locks {
  private static final Map<String, List<String>> PARENTS =
      Map.of(
          "Contact", List.of("AccountId"),
          "Opportunity", List.of("AccountId", "CampaignId"),
          "Task", List.of("WhoId", "WhatId"),
          "Event", List.of("WhoId", "WhatId"),
          "CampaignMember", List.of("CampaignId", "LeadId", "ContactId"),
          "OpportunityContactRole", List.of("OpportunityId", "ContactId"));

  private final Map<String, Lock> locks = new HashMap<>();
  private final Dice dice;
  private double share;

  private record Lock(int times, long until) {}

  Locks(Dice dice) {
    this.dice = dice;
  }

  /** Lets this share of all saves find the record locked. */
  void share(double ofSaves) {
    share = ofSaves;
  }

  /** Locks a record for so many saves, and no longer than to an instant. */
  void lock(String id, int times, long until) {
    locks.put(id, new Lock(times, until));
  }

  void clear() {
    locks.clear();
  }

  /** The record that stands locked in the way of a save, if any. */
  Optional<String> inTheWay(Row row, Map<String, String> values, long now) {
    if (dice.happens(share)) {
      return Optional.of(row.id());
    }
    List<String> needed = new ArrayList<>(List.of(row.id()));
    for (String parent : PARENTS.getOrDefault(row.type(), List.of())) {
      needed.add(values.getOrDefault(parent, row.valueOrEmpty(parent)));
    }
    return needed.stream().filter(id -> isLocked(id, now)).findFirst();
  }

  private boolean isLocked(String id, long now) {
    Lock lock = locks.get(id);
    if (lock == null || lock.times() == 0 || lock.until() <= now) {
      locks.remove(id);
      return false;
    }
    locks.put(id, new Lock(lock.times() - 1, lock.until()));
    return true;
  }
}
