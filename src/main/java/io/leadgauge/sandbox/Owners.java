package io.leadgauge.sandbox;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The owners of a portal. */
final class Owners {
  /** The property that names the owner of any record. */
  static final String PROPERTY = "hubspot_owner_id";

  private final NavigableMap<Long, Owner> byId = new TreeMap<>();

  /** Three people to begin with, the same in every portal but for their addresses. */
  static Owners ofNewPortal(long portalId) {
    Owners owners = new Owners();
    String domain = "@portal-" + portalId + ".example";
    owners.put(new Owner(60_158_084, 4_100_001, "sales-one" + domain, "Sales", "One", false));
    owners.put(new Owner(60_158_085, 4_100_002, "sales-two" + domain, "Sales", "Two", false));
    owners.put(new Owner(60_158_099, 4_100_003, "left" + domain, "Sales", "Gone", true));
    return owners;
  }

  /** All owners by ascending id; a view. */
  Collection<Owner> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  Optional<Owner> find(String id) {
    return id.matches("\\d{1,18}")
        ? Optional.ofNullable(byId.get(Long.parseLong(id)))
        : Optional.empty();
  }

  /** Whether records can be given to whom a value names: an owner's id, of one who is there. */
  boolean takes(String value) {
    return find(value).filter(owner -> !owner.archived()).isPresent();
  }

  /** Adds an owner, or puts another in the place of the one with its id. */
  void put(Owner owner) {
    byId.put(owner.id(), owner);
  }
}
