package io.leadgauge.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.http.AddressLaw;
import java.util.Locale;

/** What reads the bytes of somebody else, and what must hold whatever the bytes are. */
enum Target {
  /** Signatures of all schemes: head, empty line, body. */
  SIGNATURE {
    @Override
    void check(byte[] data) {
      SignatureLaw.check(data);
    }
  },
  /** HubSpot's events, and what its workflows send. */
  HUBSPOT {
    @Override
    void check(byte[] data) {
      DeliveryLaw.HUBSPOT.check(data);
      DeliveryLaw.WORKFLOW.check(data);
    }
  },
  /** Events of a source. */
  SOURCE {
    @Override
    void check(byte[] data) {
      DeliveryLaw.SOURCE.check(data);
    }
  },
  /** Outbound messages in XML, callouts and change events in JSON. */
  SALESFORCE {
    @Override
    void check(byte[] data) {
      DeliveryLaw.SALESFORCE.check(data);
    }
  },
  /** A model's manifest. */
  MODEL {
    @Override
    void check(byte[] data) {
      ManifestLaw.model(new String(data, UTF_8));
    }
  },
  /** A connection's manifest. */
  CONNECTION {
    @Override
    void check(byte[] data) {
      ManifestLaw.file("connections/plain.yaml", data);
    }
  },
  /** The cases of a model. */
  CASES {
    @Override
    void check(byte[] data) {
      ManifestLaw.file("models/leads/cases.yaml", data);
    }
  },
  /** A contact file. */
  CONTACT {
    @Override
    void check(byte[] data) throws Exception {
      ManifestLaw.contact(data);
    }
  },
  /** Path and query of a webhook. */
  PATH {
    @Override
    void check(byte[] data) {
      AddressLaw.check(new String(data, ISO_8859_1));
    }
  },
  /** A line of a capture, and what is given away of it. */
  CAPTURE {
    @Override
    void check(byte[] data) {
      CaptureLaw.check(data);
    }
  };

  /**
   * Reads the bytes.
   *
   * @throws Exception if they are read in a way in which nothing may be
   */
  abstract void check(byte[] data) throws Exception;

  /** Returns the folder of its kept inputs. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
