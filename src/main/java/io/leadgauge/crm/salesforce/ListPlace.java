package io.leadgauge.crm.salesforce;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a page of the list of all persons begins; written as text, it outlives a restart. */
sealed interface ListPlace {
  /** A type's list begins. */
  record Begin(String type) implements ListPlace {
    @Override
    public String text() {
      return type;
    }
  }

  /**
   * Behind a record.
   *
   * @param id the last one; null for before all
   */
  record After(String type, @Nullable SalesforceId id) implements ListPlace {
    @Override
    public String text() {
      return type + ">" + (id == null ? "" : id.text());
    }
  }

  /**
   * In the results of a bulk job.
   *
   * @param locator Salesforce's word for the place; empty for the beginning
   */
  record InJob(String type, SalesforceId job, String locator) implements ListPlace {
    @Override
    public String text() {
      return type + "#" + job.text() + "#" + locator;
    }
  }

  /** Every place that can be written. */
  Pattern TEXT =
      Pattern.compile(
          "(?<type>contact|lead)(?:>(?<last>[A-Za-z0-9]{18})?"
              + "|#(?<job>[A-Za-z0-9]{18})#(?<locator>[A-Za-z0-9_-]{0,200}))?");

  /** Returns the place as text. */
  String text();

  /** Reads a place; the beginning of all for empty text, null if it is none. */
  static @Nullable ListPlace of(String text) {
    if (text.isEmpty()) {
      return new Begin(SalesforceClient.PERSONS.getFirst());
    }
    Matcher read = TEXT.matcher(text);
    if (!read.matches()) {
      return null;
    }
    String type = read.group("type");
    String job = read.group("job");
    if (job != null) {
      return new InJob(type, new SalesforceId(job), read.group("locator"));
    }
    String last = read.group("last");
    return text.contains(">")
        ? new After(type, last == null ? null : new SalesforceId(last))
        : new Begin(type);
  }
}
