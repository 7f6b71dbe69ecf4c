package io.leadgauge.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.sandbox.RequestWitness;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Holds what our client sends to any sandbox of any test against HubSpot's descriptions. Requests
 * of the same shape are looked at once. Tests that speak with a sandbox by another client may send
 * what they like.
 */
public final class ContractWitness implements RequestWitness {
  private static final String OUR_CLIENT = "Leadgauge";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final boolean THERE = HubSpotContract.isThere();
  private static final Set<String> SHAPES = ConcurrentHashMap.newKeySet();
  private static final ConcurrentLinkedQueue<String> PROBLEMS = new ConcurrentLinkedQueue<>();

  /** Beside the event loops: a description takes a while to read. */
  private static final ExecutorService DESK =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("contract").unstarted(work));

  @Override
  public void saw(String method, String target, MultiMap headers, @Nullable Buffer body) {
    if (THERE && OUR_CLIENT.equals(headers.get("User-Agent"))) {
      SentRequest request =
          new SentRequest(
              method,
              target,
              headers.get("Authorization"),
              headers.get("Content-Type"),
              body == null ? "" : body.toString());
      DESK.execute(() -> check(request));
    }
  }

  private static void check(SentRequest request) {
    if (SHAPES.add(shape(request))) {
      PROBLEMS.addAll(HubSpotContract.problems(request));
    }
  }

  /** Returns what was found wrong since it was asked last, once all requests are looked at. */
  static List<String> problems() throws Exception {
    Future<?> last = DESK.submit(() -> {});
    last.get();
    List<String> found = new ArrayList<>();
    for (String one = PROBLEMS.poll(); one != null; one = PROBLEMS.poll()) {
      found.add(one);
    }
    return found;
  }

  /** Returns how many different requests were looked at. */
  static int shapes() {
    return SHAPES.size();
  }

  private static String shape(SentRequest request) {
    Set<String> paths = new TreeSet<>();
    try {
      collect("", JSON.readTree(request.body()), paths);
    } catch (IOException notJson) {
      paths.add(request.body());
    }
    return request.method()
        + " "
        + request.target().replaceAll("[0-9]{3,}(?![0-9]*-)", "N")
        + " "
        + request.contentType()
        + " "
        + paths;
  }

  private static void collect(String path, JsonNode node, Set<String> paths) {
    node.properties()
        .forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), paths));
    if (node.isArray()) {
      node.forEach(item -> collect(path + "[]", item, paths));
    }
    paths.add(path + ":" + node.getNodeType() + (node.isEmpty() ? " empty" : ""));
  }
}
