package io.leadgauge.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backup holds.
 *
 * @param takenAt when it was begun, by our clock; all that was kept by then is in it
 * @param release the release that took it
 * @param lastSequence the last entry of its journal
 * @param contacts how many contacts each connection has, gone ones included, by its name;
 *     unmodifiable
 * @param bytes how long the file is
 */
public record BackupContents(
    long takenAt, String release, long lastSequence, SortedMap<String, Long> contacts, long bytes) {
  public BackupContents {
    contacts = Collections.unmodifiableSortedMap(new TreeMap<>(contacts));
  }
}
