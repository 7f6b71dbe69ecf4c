package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.StageMap;
import java.util.List;

/**
 * A custom field that the package makes.
 *
 * @param name its API name
 * @param type how it is made
 * @param description what it holds, for administrators
 */
record PackagedField(String name, Type type, String description) {
  /** How much a text field holds: the most that Salesforce gives one that can be filtered by. */
  static final int TEXT_LENGTH = 255;

  /** How much the field of the reasons holds: six sentences, and some. */
  static final int REASONS_LENGTH = 4096;

  /** How long a key is at most. */
  static final int KEY_LENGTH = 80;

  private static final String CUSTOM = "__c";
  private static final int LONGEST_LABEL = 40;
  private static final int DIGITS = 12;
  private static final int LINES_SHOWN = 5;

  /** How a field is made. */
  sealed interface Type {
    /** A whole number. */
    record Whole() implements Type {}

    /** A text that can be filtered by. */
    record Text() implements Type {}

    /** A text of several lines. */
    record LongText() implements Type {}

    /** A text that no two records have alike, by which a record is found. */
    record Key() implements Type {}

    /**
     * A list of values. It takes others as well, so that a new label of a model is never refused.
     *
     * @param values the values in their order; copied
     */
    record Choice(List<String> values) implements Type {
      public Choice {
        values = List.copyOf(values);
      }
    }
  }

  /** Tells whether a name is that of a custom field which a package without a namespace makes. */
  static boolean isOurs(String name) {
    return name.endsWith(CUSTOM) && name.indexOf("__") == name.length() - CUSTOM.length();
  }

  /** Returns the field that takes a result. */
  static PackagedField of(Target target) {
    Type type =
        switch (target.output()) {
          case SCORE -> new Type.Whole();
          case GRADE, LABEL, SEGMENT ->
              target.values().isEmpty() ? new Type.Text() : new Type.Choice(target.values());
          case DISQUALIFIED, MODEL -> new Type.Text();
          case REASONS -> new Type.LongText();
        };
    String holds =
        switch (target.output()) {
          case SCORE -> "How well the person fits and how engaged they are";
          case GRADE -> "Fit as a letter, engagement as a digit";
          case LABEL -> "How warm the person is";
          case SEGMENT -> "Which nurture segment the person is in";
          case DISQUALIFIED -> "Why the person is disqualified; empty if they are not";
          case REASONS -> "The strongest reasons for and against";
          case MODEL -> "Which version of the scoring model this is by";
        };
    return new PackagedField(
        target.property(),
        type,
        holds + ". Written by Leadgauge; what people put here is put right.");
  }

  /** Returns the field that holds the stage. */
  static PackagedField of(StageMap stages) {
    return new PackagedField(
        stages.property(),
        new Type.Choice(stages.order()),
        "The stage of the person. Moved on by Leadgauge, and by people, who win.");
  }

  /** Returns the field by which a task is known again, so that none is made twice. */
  static PackagedField taskKey() {
    return new PackagedField(
        TaskCalls.KEY, new Type.Key(), "Which hand-off made this task. Written by Leadgauge once.");
  }

  /** Returns the file that makes it. */
  String text() {
    return MetadataXml.of("CustomField", this::put);
  }

  private void put(MetadataXml xml) {
    xml.put("fullName", name);
    if (type instanceof Type.Key) {
      xml.put("caseSensitive", true);
    }
    xml.put("description", description);
    xml.put("externalId", type instanceof Type.Key);
    xml.put("label", label());
    switch (type) {
      case Type.Whole() ->
          xml.put("precision", DIGITS)
              .put("required", false)
              .put("scale", 0)
              .put("type", "Number")
              .put("unique", false);
      case Type.Text() ->
          xml.put("length", TEXT_LENGTH)
              .put("required", false)
              .put("type", "Text")
              .put("unique", false);
      case Type.Key() ->
          xml.put("length", KEY_LENGTH)
              .put("required", false)
              .put("type", "Text")
              .put("unique", true);
      case Type.LongText() ->
          xml.put("length", REASONS_LENGTH)
              .put("type", "LongTextArea")
              .put("visibleLines", LINES_SHOWN);
      case Type.Choice(List<String> values) ->
          xml.put("required", false)
              .put("type", "Picklist")
              .put("valueSet", set -> put(values, set));
    }
  }

  private static void put(List<String> values, MetadataXml set) {
    set.put("restricted", false);
    set.put(
        "valueSetDefinition",
        definition -> {
          definition.put("sorted", false);
          for (String value : values) {
            definition.put(
                "value",
                one -> one.put("fullName", value).put("default", false).put("label", value));
          }
        });
  }

  /** Returns {@code Leadgauge Score} for {@code Leadgauge_Score__c}. */
  private String label() {
    String words = name.substring(0, name.length() - CUSTOM.length()).replace('_', ' ').strip();
    return words.substring(0, Math.min(LONGEST_LABEL, words.length()));
  }
}
