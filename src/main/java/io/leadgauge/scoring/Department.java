package io.leadgauge.scoring;

import java.util.Locale;
import java.util.Optional;

/** What part of a company someone works in. */
public enum Department {
  /** Selling, business development and account management; revenue operations too. */
  SALES,
  /** Marketing, communication and advertising. */
  MARKETING,
  /** The company's own computers, networks, data and their security. */
  IT,
  /** Building what the company makes, software above all. */
  ENGINEERING,
  /** Money, accounts, controlling and tax. */
  FINANCE,
  /** People: hiring, keeping, training. */
  HR,
  /** Production, logistics, quality and what keeps a company running. */
  OPERATIONS,
  /** Buying. */
  PROCUREMENT,
  /** Law and compliance. */
  LEGAL,
  /** What is built and for whom. */
  PRODUCT,
  /** Customers after the sale: service, support, success. */
  SUPPORT,
  /** Research and science. */
  RESEARCH,
  /** The whole company, no single part of it. */
  GENERAL_MANAGEMENT;

  /** Returns the name that manifests use, such as {@code general-management}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the department that manifests call {@code word}. */
  public static Optional<Department> ofWord(String word) {
    for (Department department : values()) {
      if (department.word().equals(word)) {
        return Optional.of(department);
      }
    }
    return Optional.empty();
  }
}
