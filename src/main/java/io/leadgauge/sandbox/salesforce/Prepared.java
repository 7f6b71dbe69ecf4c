package io.leadgauge.sandbox.salesforce;

import java.util.Map;

/** What a record that is to be saved came to when it was looked at. */
sealed interface Prepared {

  /** It can be created with these values. */
  record Fresh(SObject object, Map<String, String> values) implements Prepared {}

  /** It is there and can be changed; an empty value is taken away. */
  record Changed(Row row, Map<String, String> values) implements Prepared {}

  /** It cannot be saved. */
  record Wrong(SaveError error) implements Prepared {}

  /** How many values are others than the old ones. */
  default int changedValues() {
    return switch (this) {
      case Fresh(SObject object, Map<String, String> values) -> values.size();
      case Changed(Row row, Map<String, String> values) -> values.size() - equalValues();
      case Wrong(SaveError error) -> 0;
    };
  }

  /** How many values are there already. */
  default int equalValues() {
    return this instanceof Changed(Row row, Map<String, String> values)
        ? (int)
            values.entrySet().stream()
                .filter(value -> row.valueOrEmpty(value.getKey()).equals(value.getValue()))
                .count()
        : 0;
  }

  /** Saves it, if it can be. */
  default Saved save(Work work) {
    return switch (this) {
      case Fresh(SObject object, Map<String, String> values) ->
          new Saved.Done(work.create(object, values).id(), true);
      case Changed(Row row, Map<String, String> values) -> {
        work.update(row, values);
        yield new Saved.Done(row.id(), false);
      }
      case Wrong(SaveError error) -> new Saved.Failed(error);
    };
  }
}
