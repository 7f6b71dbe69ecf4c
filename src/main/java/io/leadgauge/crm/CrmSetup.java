package io.leadgauge.crm;

import java.util.List;

/**
 * Looks whether a portal or org has what a connection needs, and makes what is missing there where
 * the platform lets it. Calls block; used by one thread.
 */
public interface CrmSetup extends AutoCloseable {
  /** The heading of what concerns tokens, the portal or org, and rights. */
  String ACCESS = "access";

  /** Begins what is found of a right that was granted. */
  String GRANTED = "granted: ";

  /** The heading of the properties that are read. */
  String READS = "properties that are read";

  /** The heading of the properties that take results. */
  String WRITES = "properties that take results";

  /** The heading of the stages. */
  String STAGES = "stages";

  /** Looks and changes nothing; what is missing and can be made is planned. */
  List<Finding> look();

  /**
   * Makes what the last look has planned.
   *
   * @return the findings of that look, with what became of its plans; the same where anything was
   *     wrong, for then nothing is made
   */
  List<Finding> make();

  @Override
  void close();
}
