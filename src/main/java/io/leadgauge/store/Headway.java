package io.leadgauge.store;

/** Is told how far long work on files is. */
@FunctionalInterface
public interface Headway {
  /**
   * Tells how far it is.
   *
   * @param step what is done, such as {@code copying}
   * @param done how many bytes are done
   * @param total how many there are, about
   */
  void at(String step, long done, long total);
}
