package io.leadgauge.manifest;

import io.leadgauge.crm.signature.StandardSecret;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads references to secrets and follows them. What stands where a reference should is never
 * repeated in a problem: it may be the secret itself.
 */
final class SecretReader {
  private final Values values;
  private final SecretSource source;
  private final List<SecretReference> references = new ArrayList<>();
  private boolean complete = true;

  SecretReader(Values values, SecretSource source) {
    this.values = values;
    this.source = source;
  }

  /** Returns the references read so far. */
  List<SecretReference> references() {
    return List.copyOf(references);
  }

  /** Tells whether every secret was there. */
  boolean complete() {
    return complete;
  }

  /** Returns a reader of the secret that a key calls. */
  Reader<Secret> secret(String key) {
    return node -> {
      Optional<SecretReference> reference =
          node instanceof Scalar scalar ? SecretReference.parse(scalar.text()) : Optional.empty();
      if (reference.isEmpty()) {
        String message = "no reference in " + key + ", where a secret never stands itself";
        return values.fail(
            node, message + ", expected \"${env:NAME}\" or \"${file:/run/secrets/name}\"");
      }
      references.add(reference.get());
      return found(reference.get(), node.at());
    };
  }

  /** Returns a reader of a secret that signs by Standard Webhooks. */
  Reader<Secret> standard(String key) {
    return node -> {
      Secret secret = secret(key).read(node);
      String trouble =
          secret == null || isStandIn(secret) ? "" : StandardSecret.trouble(secret).orElse("");
      return trouble.isEmpty()
          ? secret
          : values.fail(
              node,
              "no secret of Standard Webhooks: "
                  + trouble
                  + "; make one by: echo \"whsec_$(openssl rand -base64 32)\"");
    };
  }

  /** Tells whether this is no secret, but stands in for one. */
  static boolean isStandIn(Secret secret) {
    return secret.reveal().equals(SecretSource.STAND_IN);
  }

  private @Nullable Secret found(SecretReference reference, Position at) {
    Optional<String> secret = source.find(reference);
    if (secret.isPresent()) {
      return Secret.of(secret.get());
    }
    complete = false;
    String message =
        switch (reference.kind()) {
          case ENV -> reference + " is not set";
          case FILE -> reference + " cannot be read, or is empty";
        };
    if (source.required()) {
      values.problems().error(at, message + ", expected a secret there");
    } else {
      values.problems().note(at, message);
    }
    return null;
  }
}
