package io.leadgauge.sandbox;

import io.leadgauge.sandbox.Association.Label;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that associations follow: whoever is labelled is also associated without a label, the
 * first company of a contact or a deal becomes its primary one, and there is one primary at most.
 * Belongs to one event loop.
 */
final class AssociationRules {
  private final Associations associations;
  private final Teller teller;

  /** Hears of each label that a pair gains or loses. */
  interface Teller {
    void tell(
        CrmRecord from, CrmRecord to, Label label, boolean removed, long at, ChangeSource source);
  }

  AssociationRules(Associations associations, Teller teller) {
    this.associations = associations;
    this.teller = teller;
  }

  /** Associates two records; a new primary company leaves the old one unlabelled. */
  void associate(CrmRecord from, CrmRecord to, Label label, long at, ChangeSource source) {
    add(from, to, Label.UNLABELLED, at, source);
    if (!Association.hasPrimary(from.type(), to.type())) {
      return;
    }
    CrmRecord holder = from.type() == ObjectType.COMPANY ? to : from;
    CrmRecord company = holder == from ? to : from;
    Optional<CrmRecord> old = associations.primary(holder, ObjectType.COMPANY);
    if (old.isEmpty() || label == Label.PRIMARY) {
      old.filter(was -> was != company)
          .ifPresent(was -> remove(holder, was, Label.PRIMARY, at, source));
      add(holder, company, Label.PRIMARY, at, source);
    }
  }

  /** Takes labels from a pair; without the unlabelled one it is no longer associated at all. */
  void dissociate(CrmRecord from, CrmRecord to, Set<Label> labels, long at, ChangeSource source) {
    Set<Label> gone =
        labels.contains(Label.UNLABELLED) ? associations.between(from, to) : Set.copyOf(labels);
    gone.forEach(label -> remove(from, to, label, at, source));
  }

  /** Moves what an absorbed record was associated with to the one that goes on, told or not. */
  void move(CrmRecord absorbed, CrmRecord survivor, boolean told, long at, ChangeSource source) {
    if (absorbed == survivor) {
      return;
    }
    for (CrmRecord neighbour : associations.all(absorbed)) {
      if (neighbour != survivor) {
        for (Label label : associations.between(absorbed, neighbour)) {
          boolean allowed = label == Label.UNLABELLED || mayBePrimary(survivor, neighbour);
          if (allowed && associations.add(survivor, neighbour, label) && told) {
            teller.tell(survivor, neighbour, label, false, at, source);
          }
        }
      }
    }
    associations.forget(absorbed);
  }

  private boolean mayBePrimary(CrmRecord survivor, CrmRecord neighbour) {
    return survivor.type() == ObjectType.COMPANY
        || associations.primary(survivor, neighbour.type()).isEmpty();
  }

  private void add(CrmRecord from, CrmRecord to, Label label, long at, ChangeSource source) {
    if (associations.add(from, to, label)) {
      teller.tell(from, to, label, false, at, source);
    }
  }

  private void remove(CrmRecord from, CrmRecord to, Label label, long at, ChangeSource source) {
    if (associations.remove(from, to, label)) {
      teller.tell(from, to, label, true, at, source);
    }
  }
}
