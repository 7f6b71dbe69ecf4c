package io.leadgauge.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Sees every request that a sandbox is sent over its API, as it came, before anything is made of
 * it. Witnesses are found by {@link java.util.ServiceLoader}, so that one that is on the class path
 * sees all sandboxes of the process, whoever started them. Called on event loops: must not block.
 */
public interface RequestWitness {
  /**
   * Takes note of a request.
   *
   * @param method the HTTP method
   * @param target raw path and query
   * @param headers must not be changed
   * @param body null where there is none; must not be changed
   */
  void saw(String method, String target, MultiMap headers, @Nullable Buffer body);
}
