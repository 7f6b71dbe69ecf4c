package io.leadgauge.pipeline;

import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Working.Mark;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.StoreWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one transaction does for the names by which something is told of people: whom that concerns,
 * which names lead to somebody else since, which wait and which are given up. Used by the intake's
 * thread alone.
 */
final class BatchAliases {
  private final Batch batch;
  private final Scopes scopes;
  private final StoreWriter writer;
  private final long now;
  private final Set<RecordRef> asked = new LinkedHashSet<>();
  private final List<RecordRef> givenUp = new ArrayList<>();

  /** Who has which address of those that the transaction touches, once that is known. */
  private final Map<RecordRef, Set<RecordRef>> addressed = new HashMap<>();

  BatchAliases(Batch batch, Scopes scopes, StoreWriter writer, long now) {
    this.batch = batch;
    this.scopes = scopes;
    this.writer = writer;
    this.now = now;
  }

  private Aliases aliases(ConnectionScope scope) {
    return new Aliases(scope, batch);
  }

  /**
   * Returns whom it concerns what an entry told by other names than the CRM's, and by which entry.
   * To be asked before and after it is taken over: a visitor may turn out to be so many that they
   * are nobody.
   */
  Map<RecordRef, Long> concerned(ConnectionScope scope, Map<RecordRef, Working> folded) {
    Map<RecordRef, Long> concerned = new LinkedHashMap<>();
    folded.forEach(
        (ref, alias) -> {
          if (ref.isAlias() && alias.has(Mark.CONCERNED)) {
            batch.find(ref).stream()
                .flatMap(state -> aliases(scope).bearers(state).stream())
                .forEach(person -> concerned.put(person, alias.cause()));
          }
        });
    return concerned;
  }

  /** Returns who has, or once had, an address. */
  Set<RecordRef> withAddress(RecordRef address) {
    Set<RecordRef> persons = new LinkedHashSet<>(writer.contactsWithAddress(address));
    persons.addAll(addressed.getOrDefault(address, Set.of()));
    return persons;
  }

  /**
   * Takes along the names of persons that have them since this transaction, or have them no more;
   * and where it matters how many have an address, the others.
   */
  void readdress() {
    for (Working one : batch.inHand()) {
      RecordRef ref = one.state().ref();
      ConnectionScope scope = scopes.require(ref.connection());
      if (!scope.connection().namesByEmail()) {
        continue;
      }
      if (ref.isContact()) {
        scope
            .emailAddress(one.state())
            .ifPresent(has -> addressed.computeIfAbsent(has, key -> new TreeSet<>()).add(ref));
      }
      if (ref.isContact() && isReaddressed(scope, one)) {
        Set<RecordRef> addresses = new TreeSet<>(scope.emailAddresses(one.state()));
        addresses.addAll(Aliases.linked(one.state(), RecordRef.EMAIL_ADDRESS));
        addresses.forEach(address -> meet(scope, address, one.cause()));
        Aliases.linked(one.state(), RecordRef.VISITOR).forEach(batch::meet);
      } else if (ref.isAlias() && isLinked(one)) {
        aliases(scope).together(one.state()).forEach(batch::meet);
      }
    }
  }

  private static boolean isLinked(Working alias) {
    return alias.gain().added().stream().anyMatch(Fact.Linked.class::isInstance);
  }

  private static boolean isReaddressed(ConnectionScope scope, Working person) {
    String email = scope.connection().kind().emailProperty();
    return person.gain().added().stream()
        .anyMatch(
            fact ->
                switch (fact) {
                  case Fact.Assigned assigned ->
                      assigned.property().equals(email)
                          || assigned.property().equals(Fact.Assigned.PRESENCE);
                  case Fact.Linked link -> link.kind().isSuccession();
                  case Fact.Happened happened -> false;
                });
  }

  private void meet(ConnectionScope scope, RecordRef address, long cause) {
    RecordState alias = batch.find(address).orElse(null);
    if (alias == null) {
      return;
    }
    batch.meet(address);
    aliases(scope).together(alias).forEach(batch::meet);
    if (scope.connection().events().severalWithEmail() != SeveralWithEmail.ALL) {
      aliases(scope).bearers(alias).forEach(person -> batch.concern(person, cause));
    }
  }

  /** What is told by a name that leads to nobody is kept within bounds. */
  void noteWaiting(ConnectionScope scope, Working working, RecordState alias) {
    if (!alias.ref().isAlias()) {
      return;
    }
    if (alias.facts().size() > 0 && aliases(scope).bearers(alias).isEmpty()) {
      writer.await(alias, now, events(alias), !working.gain().entries().isEmpty());
    } else {
      writer.awaitNoMore(alias);
    }
  }

  private static int events(RecordState alias) {
    return alias.facts().activityTypes().stream()
        .mapToInt(type -> alias.facts().activities(type).size())
        .sum();
  }

  /** Notes that names are to be given up at the end. */
  void giveUp(Collection<RecordRef> names) {
    asked.addAll(names);
  }

  /** Gives up what was asked for, when all that the transaction was told is stored. */
  void finish() {
    Set<RecordRef> touched = new LinkedHashSet<>(batch.touched());
    Map<ConnectionId, List<RecordState>> gone = new LinkedHashMap<>();
    asked.stream()
        .filter(name -> !touched.contains(name))
        .flatMap(name -> givenUp(name).stream())
        .forEach(
            alias ->
                gone.computeIfAbsent(alias.ref().connection(), id -> new ArrayList<>()).add(alias));
    gone.forEach(this::note);
  }

  /** Facts are what the journal says, so it must say which of them are forgotten. */
  private void note(ConnectionId connection, List<RecordState> names) {
    List<String> hashes = names.stream().map(alias -> writer.keyed(alias.ref())).toList();
    long sequence =
        writer.append(new GivenUp(now, connection, hashes), Outcome.applied(names.size(), 0));
    names.forEach(alias -> writer.index(sequence, alias));
  }

  /** One that leads to somebody stays; and all do where nobody looks whom they lead to. */
  private Optional<RecordState> givenUp(RecordRef name) {
    RecordState alias = batch.find(name).orElse(null);
    ConnectionScope scope = scopes.find(name.connection()).orElse(null);
    if (alias == null || scope == null) {
      return Optional.empty();
    }
    boolean isLooked = scope.connection().namesByEmail();
    if (!isLooked || !aliases(scope).bearers(alias).isEmpty()) {
      writer.awaitNoMore(alias);
      return Optional.empty();
    }
    writer.giveUp(alias);
    givenUp.add(name);
    return Optional.of(alias);
  }

  /** Takes over in memory what the commit has made true. */
  void committed(States states, PipelineMetrics metrics) {
    states.forget(givenUp);
    givenUp.forEach(name -> metrics.givenUp(name.connection(), 1));
  }
}
