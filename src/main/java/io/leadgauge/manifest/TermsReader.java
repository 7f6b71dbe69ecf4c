package io.leadgauge.manifest;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.manifest.CrmNamesReader.CrmNames;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what connections and apps have in common. */
final class TermsReader {
  /** The keys of what differs from portal to portal of one app, if told. */
  static final List<String> KEYS =
      List.of(
          "model",
          "models",
          "mode",
          "fields",
          "lists",
          "stages",
          "activities",
          "outcomes",
          "poll",
          "writeBack",
          "guard",
          "events");

  private static final int MOST_GUARDED = 100_000_000;
  private static final int MOST_WAITING = 10_000_000;
  private static final long LONGEST_WAIT = 730 * Spans.DAY;
  private static final List<String> SEVERAL =
      Stream.of(SeveralWithEmail.values()).map(SeveralWithEmail::word).toList();

  private final Values values;
  private final CrmNamesReader names;
  private final ModelUseReader models;
  private final OutcomesReader outcomes;

  TermsReader(Values values) {
    this.values = values;
    this.names = new CrmNamesReader(values);
    this.models = new ModelUseReader(values, names);
    this.outcomes = new OutcomesReader(values, names);
  }

  /**
   * Reads terms.
   *
   * @param spec where they stand
   * @param fields the same, its keys known
   */
  Terms read(Node spec, Fields fields) {
    CrmKind kind = fields.required("crm", values.word(Words::crm, Words.CRMS));
    Mode mode = fields.optional("mode", values.word(Words::mode, Words.MODES), Mode.SHADOW);
    CrmKind usual = kind == null ? CrmKind.HUBSPOT : kind;
    CrmNames in = names.read(fields, usual);
    List<ReadModelUse> uses = models.read(spec, fields, in.stages());
    Outcomes told =
        fields.optional("outcomes", one -> outcomes.read(one, usual), CrmDefaults.outcomes(usual));
    Poll poll = fields.optional("poll", this::poll, Poll.DEFAULT);
    Guard guard = fields.optional("guard", this::guard, Guard.DEFAULT);
    EventTerms events = fields.optional("events", this::events, EventTerms.DEFAULT);
    return new Terms(kind, uses, mode, in, told, poll, guard, events);
  }

  private @Nullable EventTerms events(Node node) {
    Fields fields = Fields.of(node, values, "severalWithEmail", "waiting");
    if (fields == null) {
      return null;
    }
    EventTerms usual = EventTerms.DEFAULT;
    SeveralWithEmail several =
        fields.optional(
            "severalWithEmail",
            values.word(SeveralWithEmail::ofWord, SEVERAL),
            usual.severalWithEmail());
    EventTerms waiting = fields.optional("waiting", this::waiting, usual);
    return new EventTerms(
        usual.sources(), several, waiting.names(), waiting.events(), waiting.waitFor());
  }

  private @Nullable EventTerms waiting(Node node) {
    Fields fields = Fields.of(node, values, "names", "events", "for");
    if (fields == null) {
      return null;
    }
    EventTerms usual = EventTerms.DEFAULT;
    int names = fields.optional("names", values.count(1, MOST_WAITING), usual.names());
    int events = fields.optional("events", values.count(1, MOST_WAITING), usual.events());
    long span =
        fields.optional("for", values.span(Spans.HOUR, LONGEST_WAIT), usual.waitFor().toMillis());
    return new EventTerms(
        usual.sources(), usual.severalWithEmail(), names, events, Duration.ofMillis(span));
  }

  private @Nullable Guard guard(Node node) {
    Fields fields = Fields.of(node, values, "contacts", "percent");
    if (fields == null) {
      return null;
    }
    Integer contacts =
        fields.optional("contacts", values.count(0, MOST_GUARDED), (int) Guard.DEFAULT.contacts());
    Integer percent = fields.optional("percent", values.count(0, 100), Guard.DEFAULT.percent());
    return contacts == null || percent == null ? null : new Guard(contacts, percent);
  }

  /** A span alone is that of dates. */
  private @Nullable Poll poll(Node node) {
    if (!(node instanceof Node.Mapping)) {
      Duration dates = often(node);
      return dates == null ? null : Poll.DEFAULT.withDates(dates);
    }
    Fields fields = Fields.of(node, values, "dates", "lookBack", "drift");
    if (fields == null) {
      return null;
    }
    Duration dates = fields.optional("dates", this::often, Poll.DEFAULT.dates());
    Duration lookBack = fields.optional("lookBack", this::often, Poll.DEFAULT.lookBack());
    Duration drift = fields.optional("drift", this::often, Poll.DEFAULT.drift());
    return new Poll(dates, lookBack, drift);
  }

  private @Nullable Duration often(Node node) {
    Long span = values.span(Spans.SECOND, Spans.DAY).read(node);
    return span == null ? null : Duration.ofMillis(span);
  }
}
