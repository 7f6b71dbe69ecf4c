package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what sales is to do about a contact that came to a stage. */
final class HandOffReader {
  /** How long after a hand-off no other one follows at the same stage, unless the model says. */
  static final long DEFAULT_COOLDOWN = 30 * Spans.DAY;

  /** How much time there is for a task, unless the model says. */
  static final long DEFAULT_DUE = Spans.DAY;

  private static final long LONGEST_DUE = 365 * Spans.DAY;
  private static final int LONGEST_TASK = 200;
  private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");
  private static final Pattern BRACED =
      Pattern.compile("\\{(crm:)?[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*}");
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9]{1,40}");

  private final Values values;
  private final Calendars calendars;

  HandOffReader(Values values, Calendars calendars) {
    this.values = values;
    this.calendars = calendars;
  }

  @Nullable HandOff read(Node node) {
    Fields fields =
        Fields.of(node, values, "task", "due", "calendar", "owner", "fallbackOwner", "cooldown");
    if (fields == null) {
      return null;
    }
    String task = fields.required("task", this::task);
    long due = fields.optional("due", values.span(0, LONGEST_DUE), DEFAULT_DUE);
    String calendar = fields.optional("calendar", this::calendar);
    String owner = fields.optional("owner", this::owner, HandOff.CONTACT_OWNER);
    String fallback = fields.optional("fallbackOwner", this::ownerId);
    long cooldown =
        fields.optional("cooldown", values.span(0, OutcomeReader.LONGEST_SPAN), DEFAULT_COOLDOWN);
    if (fallback != null && !owner.equals(HandOff.CONTACT_OWNER)) {
      values
          .problems()
          .error(
              fields.at("fallbackOwner"),
              "never used, since the owner is always " + owner + ", expected no fallbackOwner");
    }
    Calendar found = calendar == null ? null : calendars.find(calendar);
    if (found != null && due > found.mostSpan()) {
      values
          .problems()
          .error(
              fields.at("due"),
              "more than a year of work by the calendar " + calendar + ", expected less");
    }
    return task == null ? null : new HandOff(task, due, found, owner, fallback, cooldown);
  }

  /** Reads a subject, in which names in braces stand for what is known of the contact. */
  private @Nullable String task(Node node) {
    String task = values.text(node);
    if (task == null) {
      return null;
    }
    if (task.length() > LONGEST_TASK || task.indexOf('\n') >= 0) {
      return values.refuse(node, "one line of at most " + LONGEST_TASK + " characters");
    }
    String rest = BRACES.matcher(task).replaceAll("");
    boolean sound =
        rest.indexOf('{') < 0
            && rest.indexOf('}') < 0
            && BRACES.matcher(task).results().allMatch(found -> isName(found.group()));
    return sound
        ? task
        : values.refuse(node, "names of properties, or reasons, in braces such as {firstName}");
  }

  private static boolean isName(String braced) {
    return BRACED.matcher(braced).matches();
  }

  private @Nullable String calendar(Node node) {
    String name = values.anyText(node);
    if (name == null || calendars.find(name) != null) {
      return name;
    }
    return calendars.names().contains(name)
        ? values.fail(node, "the calendar " + name + " has errors, so the model cannot be used")
        : values.fail(
            node, "unknown calendar \"" + name + "\"" + Spelling.hint(name, calendars.names()));
  }

  private @Nullable String owner(Node node) {
    return node instanceof Scalar scalar && scalar.text().equals(HandOff.CONTACT_OWNER)
        ? HandOff.CONTACT_OWNER
        : ownerId(node, HandOff.CONTACT_OWNER + " or the CRM's id of an owner such as \"12345\"");
  }

  private @Nullable String ownerId(Node node) {
    return ownerId(node, "the CRM's id of an owner such as \"12345\"");
  }

  private @Nullable String ownerId(Node node, String expected) {
    return node instanceof Scalar scalar && OWNER.matcher(scalar.text()).matches()
        ? scalar.text()
        : values.refuse(node, expected);
  }
}
