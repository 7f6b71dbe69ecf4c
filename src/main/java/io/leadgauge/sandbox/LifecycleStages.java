package io.leadgauge.sandbox;

/**
 * The rule of HubSpot's {@code lifecyclestage}: an app moves it forward only. A write that would
 * move it back is ignored without an error, and the old value is returned; to move back, the value
 * is cleared in one request and set in another (contacts guide, read 30 Mar 2026). People may move
 * it either way.
 */
final class LifecycleStages {
  static final String PROPERTY = "lifecyclestage";

  private final PropertySchema schema;

  LifecycleStages(PropertySchema schema) {
    this.schema = schema;
  }

  /** Whether a write is ignored. */
  boolean ignores(String property, String from, String to, ChangeSource source) {
    return property.equals(PROPERTY)
        && !source.isPerson()
        && !to.isEmpty()
        && place(to) < place(from);
  }

  /** The read-only property that keeps when a stage was last reached. */
  static String dateOf(String stage) {
    return "hs_lifecyclestage_" + stage + "_date";
  }

  private int place(String stage) {
    return schema
        .find(PROPERTY)
        .flatMap(p -> p.options().stream().filter(o -> o.value().equals(stage)).findFirst())
        .map(PropertyOption::displayOrder)
        .orElse(-1);
  }
}
