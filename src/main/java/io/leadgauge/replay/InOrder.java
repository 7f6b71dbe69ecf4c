package io.leadgauge.replay;

import io.leadgauge.store.StoredContact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Works on contacts on several threads and takes the results in the order of the contacts, so that
 * nothing shows how many threads there were. Holds a bounded number of results.
 */
final class InOrder {
  private static final int AT_ONCE = 20;
  private static final int AHEAD_PER_THREAD = 4;

  private final int threads;

  InOrder(int threads) {
    this.threads = threads;
  }

  /**
   * Works on all contacts.
   *
   * @param work done on any thread
   * @param taker is given each contact and its result, on the calling thread
   */
  <T> void forEach(
      Iterator<StoredContact> contacts,
      Function<StoredContact, T> work,
      BiConsumer<StoredContact, T> taker) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Deque<Future<List<Done<T>>>> ahead = new ArrayDeque<>();
      while (contacts.hasNext() || !ahead.isEmpty()) {
        while (contacts.hasNext() && ahead.size() < threads * AHEAD_PER_THREAD) {
          List<StoredContact> some = some(contacts);
          ahead.add(pool.submit(() -> some.stream().map(one -> done(one, work)).toList()));
        }
        result(ahead.remove()).forEach(done -> taker.accept(done.contact, done.result));
      }
    }
  }

  private record Done<T>(StoredContact contact, T result) {}

  private static <T> Done<T> done(StoredContact contact, Function<StoredContact, T> work) {
    return new Done<>(contact, work.apply(contact));
  }

  private static List<StoredContact> some(Iterator<StoredContact> contacts) {
    List<StoredContact> some = new ArrayList<>();
    while (contacts.hasNext() && some.size() < AT_ONCE) {
      some.add(contacts.next());
    }
    return some;
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while contacts were compared", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a contact cannot be compared", e.getCause());
    }
  }
}
