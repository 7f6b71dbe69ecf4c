package io.leadgauge.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a database page that belong to no content: the gap between the cell pointers and the
 * cells, and the freed blocks among the cells. A page that was split keeps copies of what moved to
 * its neighbour there, and {@code secure_delete} does not reach them.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#b_tree_pages">SQLite: the b-tree page format,
 *     read November 2026</a>
 */
final class PageSlack {
  private static final int FILE_HEADER = 100;
  private static final int LEAF_HEADER = 8;
  private static final int INTERIOR_HEADER = 12;
  private static final int BLOCK_HEADER = 4;

  private final byte[] page;
  private final ByteBuffer bytes;
  private final int header;
  private final int usable;

  private PageSlack(byte[] page, int header, int usable) {
    this.page = page;
    this.bytes = ByteBuffer.wrap(page);
    this.header = header;
    this.usable = usable;
  }

  /**
   * Empties the slack of a page that holds rows or an index; leaves any other page as it is.
   *
   * @param page the page, changed in place
   * @param number its number, from 1 on
   * @param usable how many of its bytes SQLite uses
   * @return whether anything was there
   * @throws StoreException if the page is not what it says
   */
  static boolean empty(byte[] page, long number, int usable) {
    int header = number == 1 ? FILE_HEADER : 0;
    int headerBytes =
        switch (page[header]) {
          case 2, 5 -> INTERIOR_HEADER;
          case 10, 13 -> LEAF_HEADER;
          default -> 0;
        };
    return headerBytes > 0 && new PageSlack(page, header, usable).empty(headerBytes, number);
  }

  private boolean empty(int headerBytes, long number) {
    int cells = unsigned(header + 3);
    int from = header + headerBytes + 2 * cells;
    int content = unsigned(header + 5);
    int to = content == 0 ? 1 << Short.SIZE : content;
    if (from > to || to > usable) {
      throw broken(number);
    }
    boolean found = zero(from, to);
    int block = unsigned(header + 1);
    while (block != 0) {
      int size = block + BLOCK_HEADER <= usable ? unsigned(block + 2) : 0;
      int next = size == 0 ? 0 : unsigned(block);
      if (block < to || size < BLOCK_HEADER || block + size > usable) {
        throw broken(number);
      }
      if (next != 0 && next <= block) {
        throw broken(number);
      }
      found |= zero(block + BLOCK_HEADER, block + size);
      block = next;
    }
    return found;
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private boolean zero(int from, int to) {
    boolean found = false;
    for (int i = from; i < to && !found; i++) {
      found = page[i] != 0;
    }
    if (found) {
      Arrays.fill(page, from, to, (byte) 0);
    }
    return found;
  }

  private static StoreException broken(long number) {
    return new StoreException(
        "page "
            + number
            + " of the store is not well formed; check the file with sqlite3's"
            + " integrity_check");
  }
}
