package io.leadgauge.naive;

import io.leadgauge.naive.NaiveContact.NaiveActivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions on a contact and on its activities, at an instant: docs/language.md, Conditions. */
final class NaiveConditions {
  private final long now;

  NaiveConditions(long now) {
    this.now = now;
  }

  /** Tells whether a condition such as {@code { all: [ … ] }} holds for a contact. */
  boolean holds(Plain condition, NaiveContact contact) {
    if (condition.has("all")) {
      return condition.children("all").stream().allMatch(part -> holds(part, contact));
    }
    if (condition.has("any")) {
      return condition.children("any").stream().anyMatch(part -> holds(part, contact));
    }
    if (condition.has("not")) {
      return !holds(condition.child("not"), contact);
    }
    if (condition.has("list")) {
      return contact.lists().contains(condition.text("list"));
    }
    return NaiveTest.in(condition).holds(contact.property(condition.text("property")), now);
  }

  /**
   * Tells whether all tests of a {@code where} hold; it does where there is none. Dates are
   * compared with the instant of the activity.
   */
  static boolean where(Plain holder, NaiveActivity activity) {
    Plain where = holder.childOrEmpty("where");
    return where.keys().stream()
        .allMatch(name -> attribute(where, name, activity.attribute(name), activity.at()));
  }

  private static boolean attribute(Plain holder, String key, Optional<String> value, long at) {
    return isNot(holder, key)
        ? !attribute(holder.child(key), "not", value, at)
        : attributeTest(holder, key).holds(value, at);
  }

  private static boolean isNot(Plain holder, String key) {
    return holder.isMapping(key) && holder.child(key).has("not");
  }

  private static NaiveTest attributeTest(Plain holder, String key) {
    return holder.isMapping(key)
        ? NaiveTest.in(holder.child(key))
        : new NaiveTest(new Plain(Map.of("like", holder.texts(key))), "like");
  }

  /** Returns the attributes of an activity that the tests of a {@code where} cannot read. */
  static List<String> unreadable(Plain holder, NaiveActivity activity) {
    Plain where = holder.childOrEmpty("where");
    return where.keys().stream()
        .filter(
            name -> activity.attribute(name).filter(innermost(where, name)::cannotRead).isPresent())
        .map(name -> activity.type() + "." + name)
        .toList();
  }

  private static NaiveTest innermost(Plain holder, String key) {
    return isNot(holder, key) ? innermost(holder.child(key), "not") : attributeTest(holder, key);
  }

  /** Returns the single tests of properties that a condition is made of. */
  static List<Plain> tests(Plain condition) {
    List<Plain> tests = new ArrayList<>();
    for (String join : List.of("all", "any")) {
      condition.children(join).forEach(part -> tests.addAll(tests(part)));
    }
    if (condition.has("not")) {
      tests.addAll(tests(condition.child("not")));
    }
    if (condition.has("property")) {
      tests.add(condition);
    }
    return tests;
  }
}
