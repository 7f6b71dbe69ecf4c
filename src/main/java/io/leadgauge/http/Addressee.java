package io.leadgauge.http;

import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Secret;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the last part of a webhook's address leads to: the events of the platform, or one of its
 * workflows; of a Salesforce org, its outbound messages, or callouts.
 */
sealed interface Addressee {

  /** The platform's own webhooks: signed, behind the connection's token if it has one. */
  record Platform() implements Addressee {}

  /** The webhook of a workflow: known by its token, or signed and known by its name. */
  record Workflow(WorkflowHook hook) implements Addressee {}

  /** What knows the secret address of a Salesforce org. */
  record Org() implements Addressee {}

  /** A callout to the address of an org without its secret: it shows a token, or is signed. */
  record Callout() implements Addressee {}

  /**
   * Returns what the last part of a path leads to; empty for nothing. Every token is compared,
   * whichever it is, so that the time tells nothing.
   *
   * @param part the last part; null where the path ends with the connection
   */
  static Optional<Addressee> of(WebhookAccess access, @Nullable String part) {
    boolean isOwn = Tokens.isSame(access.token(), part);
    OrgAccess org = access.org();
    if (org != null) {
      boolean isCallout = part == null && !(org.bearers().isEmpty() && access.secrets().isEmpty());
      return isOwn
          ? Optional.of(new Org())
          : isCallout ? Optional.of(new Callout()) : Optional.empty();
    }
    Addressee found = isOwn ? new Platform() : null;
    for (WorkflowHook hook : access.workflows()) {
      Secret token = hook.token();
      boolean same = token == null ? hook.name().equals(part) : Tokens.isSame(token, part);
      if (same && found == null) {
        found = new Workflow(hook);
      }
    }
    return Optional.ofNullable(found);
  }

  /** Tells whether the address itself holds the secret, so that nothing else is to be verified. */
  default boolean isKnownByToken() {
    return switch (this) {
      case Platform platform -> false;
      case Workflow workflow -> !workflow.hook().isSigned();
      case Org org -> true;
      case Callout callout -> false;
    };
  }

  /** Returns the schemes that a request may be signed with; workflows have one of their own. */
  default Set<SignatureScheme> schemes(WebhookAccess access) {
    return switch (this) {
      case Platform platform -> access.schemes();
      case Org org -> access.schemes();
      case Callout callout -> access.schemes();
      case Workflow workflow -> Set.of(SignatureScheme.HUBSPOT_V2);
    };
  }

  /** Returns the path and query under which a delivery is kept: without a token. */
  default String keptTarget(String target) {
    return switch (this) {
      case Platform platform -> Masking.target(target);
      case Org org -> Masking.target(target);
      case Callout callout -> Masking.target(target);
      case Workflow workflow -> Masking.target(target, workflow.hook());
    };
  }
}
