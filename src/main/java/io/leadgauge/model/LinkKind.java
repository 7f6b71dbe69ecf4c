package io.leadgauge.model;

/** How one key leads to another. */
public enum LinkKind {
  /** The record was absorbed by the other one, which lives on. */
  MERGED_INTO,
  /** The lead became the other record. */
  CONVERTED_TO,
  /** The record carries this e-mail address. */
  HAS_EMAIL,
  /** The contact is associated with this company first of all. */
  WORKS_AT,
  /** The record is associated with the other one: a deal, a meeting, a further company. */
  ASSOCIATED_WITH;

  /** Tells whether the other record lives on in the place of the one that the link starts from. */
  public boolean isSuccession() {
    return this == MERGED_INTO || this == CONVERTED_TO;
  }
}
