package io.leadgauge.fuzz;

import io.leadgauge.model.Clockwork;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** A clock for what asks for none. */
final class FixedClock implements Clockwork {
  @Override
  public long now() {
    return SignatureLaw.NOW;
  }

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public RandomGenerator random() {
    return new SplittableRandom(1);
  }

  @Override
  public void unguessable(byte[] bytes) {
    throw new UnsupportedOperationException("nothing here is secret");
  }

  @Override
  public void awaitUntil(Condition condition, long at) {
    throw new UnsupportedOperationException("nothing here waits");
  }
}
