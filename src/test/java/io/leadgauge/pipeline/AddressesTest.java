package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom it concerns what is told of an e-mail address and not of a contact. */
class AddressesTest {
  private static final WorkflowHook HOOK =
      new WorkflowHook("forms", null, "form", null, "email", true, new TreeMap<>());

  @TempDir Path folder;

  private Rig start() {
    Connection plain = Rig.connection(Mode.FULL);
    WebhookAccess access = plain.webhooks();
    Connection connection =
        new Connection(
            plain.id(),
            plain.kind(),
            plain.tenant(),
            new WebhookAccess(
                access.publicUrl(),
                access.schemes(),
                access.secrets(),
                access.token(),
                List.of(HOOK)),
            plain.api(),
            plain.models(),
            plain.mode(),
            plain.fields(),
            plain.lists(),
            List.of(),
            plain.outcomes(),
            plain.poll(),
            plain.writeBack(),
            plain.guard());
    return Rig.startAfter(0, folder, connection, Rig.model(), crm -> crm.define("email"));
  }

  /** A form of a workflow that knows nobody but an address, at an instant. */
  private static String form(Rig rig, String address) {
    return "email_address/" + address + " ~did " + rig.clock.now() + " " + HOOK.factType();
  }

  @Test
  void address_ofAnAbsorbedContact_concernsTheOneThatLivesOn() {
    try (Rig rig = start()) {
      rig.crm.set("1", "email", "old@x.example");
      rig.crm.set("2", "email", "new@x.example");
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"), rig.crm.set("2", "jobtitle", "Clerk"));
      rig.settle();
      rig.keep("1 ~into " + rig.clock.now() + " 2");
      rig.settle();
      assertThat(rig.score("2")).isEqualTo("0");
      rig.keep(form(rig, "old@x.example"));
      rig.settle();
      assertThat(rig.score("2")).isEqualTo("20");
    }
  }

  @Test
  void erasedContact_whoseAddressAnotherHas_isNotTakenUpAgainWhileItIsErased() throws Exception {
    RecordRef ann = RecordRef.contact(Rig.ACME, "1");
    CountDownLatch seen = new CountDownLatch(1);
    try (Rig rig = start()) {
      rig.crm.set("1", "email", "both@x.example");
      rig.crm.set("2", "email", "both@x.example");
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"), rig.crm.set("2", "jobtitle", "Clerk"));
      rig.settle();
      CountDownLatch goOn = new CountDownLatch(1);
      rig.crm.beforeRedaction =
          () -> {
            seen.countDown();
            awaitQuietly(goOn);
          };
      rig.pipeline.erasures().erase(ann).join();
      seen.await();
      rig.crm.beforeRedaction = () -> {};
      Due due;
      try {
        rig.keep(form(rig, "both@x.example"));
        due = rig.state("1").due();
      } finally {
        goOn.countDown();
      }
      assertThat(due).isEqualTo(Due.NOTHING);
      assertThat(rig.score("2")).isEqualTo("20");
      rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
      assertThat(rig.pipeline.states().current(ann)).isEmpty();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
