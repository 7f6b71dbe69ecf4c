package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leadgauge.reliability.DiskTrace.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The deliveries of a trace whose 2xx had begun to be sent. One request at a time on a socket. */
final class Acknowledged {
  private static final Pattern EVENT = Pattern.compile("\"eventId\":([0-9]+)");

  private final Map<Integer, StringBuilder> requests = new HashMap<>();
  private final List<Long> events = new ArrayList<>();

  /** Takes in what happened next; tells whether it was a 2xx. */
  boolean apply(Note note) {
    switch (note.kind()) {
      case START -> requests.clear();
      case REQUEST ->
          requests
              .computeIfAbsent(note.handle(), socket -> new StringBuilder())
              .append(ISO_8859_1.decode(note.bytes().duplicate()));
      case ANSWER -> {
        return answered(note);
      }
      case FILE, FOLDER, WRITE, TRUNCATE, ALLOCATE -> {}
      case SYNC_BEGUN, SYNC_ENDED, RENAME, UNLINK, MAKE_FOLDER -> {}
    }
    return false;
  }

  private boolean answered(Note note) {
    StringBuilder request = requests.remove(note.handle());
    String answer = ISO_8859_1.decode(note.bytes().duplicate()).toString();
    if (request == null || !answer.startsWith("HTTP/1.1 2")) {
      return false;
    }
    Matcher event = EVENT.matcher(request);
    boolean any = false;
    while (event.find()) {
      events.add(Long.valueOf(event.group(1)));
      any = true;
    }
    return any;
  }

  /** Returns the ids of their events so far, in the order of the answers. */
  List<Long> events() {
    return events;
  }
}
