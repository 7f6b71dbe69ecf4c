package io.leadgauge.replay;

import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Neighbourhood;
import io.leadgauge.pipeline.Retrospect;
import io.leadgauge.pipeline.Retrospect.Chapter;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has the models of a comparison live through what happened to contacts. Thread-safe: nothing is
 * kept from one contact to the next.
 */
final class Lives {
  private final ConnectionScope scope;
  private final StoreReader reader;
  private final long since;
  private final long until;

  /**
   * @param scope reads what both models need
   * @param since what happened before is lived through, and not told
   * @param until exclusive
   */
  Lives(ConnectionScope scope, StoreReader reader, long since, long until) {
    this.scope = scope;
    this.reader = reader;
    this.since = since;
    this.until = until;
  }

  /** Returns what became of a contact by each of the scope's models, in order. */
  List<Course> of(StoredContact contact) {
    return of(contact, scope.models());
  }

  /** Returns what became of a contact by another version of one of the scope's models. */
  Course of(StoredContact contact, ModelAtWork like, ScoringModel other) {
    return of(contact, List.of(new ModelAtWork(like.use(), other))).getFirst();
  }

  private List<Course> of(StoredContact contact, List<ModelAtWork> models) {
    RecordState known =
        reader.load(contact.ref()).orElse(RecordState.unknown(contact.ref(), until));
    Retrospect past = new Retrospect(scope, known, new Around());
    List<Course> courses = new ArrayList<>();
    List<Simulation> simulations = new ArrayList<>();
    for (ModelAtWork model : models) {
      Course course = new Course(since);
      courses.add(course);
      simulations.add(new Simulation(scope, model, past, course));
    }
    for (Optional<Chapter> next = past.next(until); next.isPresent(); next = past.next(until)) {
      Chapter chapter = next.get();
      simulations.forEach(simulation -> simulation.live(chapter, until));
    }
    simulations.forEach(simulation -> simulation.end(until));
    return courses;
  }

  /** All other records as the store knows them. */
  private final class Around implements Neighbourhood {
    @Override
    public Optional<RecordState> find(RecordRef ref) {
      return reader.load(ref);
    }

    @Override
    public Set<RecordRef> withAddress(RecordRef address) {
      return Set.copyOf(reader.contactsWithAddress(address));
    }
  }
}
