package io.leadgauge.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/** What the portal of the benchmark knows of a contact. */
final class Person {
  private Person() {}

  /** Returns what is set of the contact with a number, partly by chance. */
  static SequencedMap<String, String> told(int number, RandomGenerator random) {
    SequencedMap<String, String> told = new LinkedHashMap<>();
    told.put("email", "person" + number + "@company" + number % 977 + ".example");
    told.put("jobtitle", pick(random, "VP Sales", "Engineer", "Director of Marketing", "Student"));
    told.put("country", pick(random, "Germany", "Australia", "India", "Austria"));
    told.put("bench_occupation", pick(random, "Working Professional", "Student", "Other"));
    told.put("bench_origin", pick(random, "referral form", "api", "landing page"));
    told.put("bench_employees", Integer.toString(random.nextInt(2_000)));
    return told;
  }

  /** Returns all that a connection reads of it, the empty ones included. */
  static Map<String, String> properties(int number, RandomGenerator random) {
    Map<String, String> all = told(number, random);
    for (String empty : BenchPortal.EMPTY) {
      all.put(empty, "");
    }
    return all;
  }

  private static String pick(RandomGenerator random, String... ones) {
    return ones[random.nextInt(ones.length)];
  }
}
