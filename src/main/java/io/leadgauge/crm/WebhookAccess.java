package io.leadgauge.crm;

import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignatureVerifier;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may deliver to a connection.
 *
 * @param publicUrl the address under which the CRM reaches us, without a path; signatures cover it
 * @param schemes the accepted signature schemes; a request must satisfy the one that it uses, and a
 *     scheme that fails is never tried again as another; copied
 * @param secrets the signing secrets, any of which may have been used, so that one can be rotated;
 *     copied
 * @param token the secret last part of the path; null where the connection has none
 * @param workflows the webhooks that workflows send, each to an address of its own; copied
 * @param org what deliveries of a Salesforce org need and mean; null for every other sender
 * @param window how far the time stamp of a request may be from our clock, in milliseconds
 * @param goodUntil until when its secrets are good, in milliseconds since 1970; {@link
 *     Long#MAX_VALUE} where nobody has said. They are accepted after that as well: what a sender
 *     still signs with is no matter of our clock
 */
public record WebhookAccess(
    URI publicUrl,
    Set<SignatureScheme> schemes,
    List<Secret> secrets,
    @Nullable Secret token,
    List<WorkflowHook> workflows,
    @Nullable OrgAccess org,
    long window,
    long goodUntil) {
  public WebhookAccess {
    schemes = Set.copyOf(schemes);
    secrets = List.copyOf(secrets);
    workflows = List.copyOf(workflows);
  }

  /** Makes the access of a connection that no workflow sends to. */
  public WebhookAccess(
      URI publicUrl, Set<SignatureScheme> schemes, List<Secret> secrets, @Nullable Secret token) {
    this(publicUrl, schemes, secrets, token, List.of());
  }

  /**
   * Makes the access of a sender that is no Salesforce org, with the window that CRMs and
   * specifications name.
   */
  public WebhookAccess(
      URI publicUrl,
      Set<SignatureScheme> schemes,
      List<Secret> secrets,
      @Nullable Secret token,
      List<WorkflowHook> workflows) {
    this(
        publicUrl,
        schemes,
        secrets,
        token,
        workflows,
        null,
        SignatureVerifier.WINDOW,
        Long.MAX_VALUE);
  }

  /**
   * Makes the access of a Salesforce org.
   *
   * @param secrets what callouts may be signed with
   * @param token the secret last part of the path, which an org must have
   */
  public static WebhookAccess ofOrg(
      URI publicUrl, List<Secret> secrets, Secret token, OrgAccess org) {
    Set<SignatureScheme> schemes = Set.of(SignatureScheme.STANDARD);
    return new WebhookAccess(
        publicUrl,
        schemes,
        secrets,
        token,
        List.of(),
        org,
        SignatureVerifier.WINDOW,
        Long.MAX_VALUE);
  }

  /** Returns the same by secrets that are good until an instant. */
  public WebhookAccess goodUntil(long instant) {
    return new WebhookAccess(publicUrl, schemes, secrets, token, workflows, org, window, instant);
  }

  /**
   * Returns until when its secrets are good, if anybody has said.
   *
   * @param subject what they are, in a few words
   */
  List<Expiry> expiries(String subject) {
    return goodUntil == Long.MAX_VALUE
        ? List.of()
        : List.of(
            new Expiry(
                subject,
                goodUntil,
                "put a new one beside the old one where the manifest lists them, let the sender"
                    + " change over, and set expires beside them"));
  }

  /** Returns the fields that the outbound messages of each type of record list. */
  public SortedMap<String, SortedSet<String>> messages() {
    return org == null ? Collections.emptySortedMap() : org.messages();
  }

  /** Returns the webhook of a workflow by its name. */
  public Optional<WorkflowHook> workflow(String name) {
    return workflows.stream().filter(hook -> hook.name().equals(name)).findFirst();
  }

  /** Tells whether a workflow names contacts by their e-mail addresses. */
  public boolean namesByEmail() {
    return workflows.stream().anyMatch(WorkflowHook::byEmail);
  }
}
