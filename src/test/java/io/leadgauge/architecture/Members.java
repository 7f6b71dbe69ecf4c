package io.leadgauge.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;

/**
 * Methods and constructors, by the types that they belong to.
 *
 * @param names by the full name of the type; a constructor is {@code <init>}
 */
record Members(Map<String, Set<String>> names) {
  Members {
    names = Map.copyOf(names);
  }

  /** Tells whether one of them is used. */
  boolean include(JavaAccess<?> use) {
    return names.getOrDefault(use.getTargetOwner().getFullName(), Set.of()).contains(use.getName());
  }
}
