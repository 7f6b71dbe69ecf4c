package io.leadgauge.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.model.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What came of one request. */
public sealed interface RestAnswer {
  /**
   * The CRM answered.
   *
   * @param status the HTTP status
   * @param headers its headers
   * @param body all of it; may be empty
   */
  record Answered(int status, MultiMap headers, Buffer body) implements RestAnswer {
    /** Returns a header; null if there is none. */
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    /** Returns the JSON object or array that is the body; null if it is anything else. */
    public @Nullable JsonNode json() {
      return Json.parseAny(body.getBytes());
    }

    /** Returns the JSON object that is the body; null if it is anything else. */
    public @Nullable JsonNode object() {
      return Json.parse(body.getBytes());
    }

    /**
     * Returns when the CRM sent it, by its own clock, in whole seconds as milliseconds since the
     * epoch; 0 if it did not say.
     */
    public long sentAt() {
      String date = header("Date");
      try {
        return date == null
            ? 0
            : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).toEpochMilli();
      } catch (DateTimeException e) {
        return 0;
      }
    }

    /** Returns the same answer in which a token, should it be quoted there, is masked. */
    Answered without(Secret token) {
      String text = body.toString(StandardCharsets.UTF_8);
      return text.contains(token.reveal())
          ? new Answered(
              status, headers, Buffer.buffer(text.replace(token.reveal(), token.toString())))
          : this;
    }
  }

  /** No whole answer came, or nothing was sent. */
  record Failed(CallTrouble trouble) implements RestAnswer {}
}
