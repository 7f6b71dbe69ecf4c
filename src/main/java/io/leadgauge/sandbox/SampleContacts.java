package io.leadgauge.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The bundled sample: contacts of a software vendor, invented by a generator, with what they did
 * over the last months counted back from now. Their companies are at {@code .example} domains. Free
 * mail addresses have an underscore before a domain that allows none, so they belong to nobody.
 */
final class SampleContacts {
  private static final String RESOURCE = "/sandbox/sample-contacts.json";

  private SampleContacts() {}

  static List<Seeds.Seed> read(Seeds seeds, long now) {
    try (InputStream stream = SampleContacts.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("missing on the class path: " + RESOURCE);
      }
      return seeds.parse(Json.read(stream).path("contacts"), now);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
