package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that a workflow of the CRM sends of one contact: what it means, and how it is known.
 *
 * @param name what the manifest calls it; the last part of its address where it is signed
 * @param token the secret last part of its address; null where it is signed instead
 * @param activity the type of the activity that each one is, in the model's words
 * @param at the key of the body that holds when it happened; null where it is when it came
 * @param contact the key of the body that holds who it is about; null for the id of a whole record
 * @param byEmail whether that key holds an e-mail address and not the contact's id
 * @param attributes the key of the body that holds each attribute; copied
 */
public record WorkflowHook(
    String name,
    @Nullable Secret token,
    String activity,
    @Nullable String at,
    @Nullable String contact,
    boolean byEmail,
    SortedMap<String, String> attributes) {

  /**
   * The reserved attribute by which an arrival is recognised when it comes again: what the CRM
   * calls the request.
   */
  public static final String CORRELATION = "~correlation";

  /** The reserved attribute that stands in for it: a digest of the body. */
  public static final String BODY = "~body";

  /**
   * Begins the type under which facts of a workflow are kept: what they mean is said when a contact
   * is scored.
   */
  private static final String FACT_TYPE = "workflow:";

  public WorkflowHook {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** Returns the type under which its facts are kept. */
  public String factType() {
    return FACT_TYPE + name;
  }

  /** Tells whether requests must be signed, since their address holds no secret. */
  public boolean isSigned() {
    return token == null;
  }
}
