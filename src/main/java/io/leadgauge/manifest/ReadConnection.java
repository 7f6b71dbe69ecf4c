package io.leadgauge.manifest;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.Mode;
import io.leadgauge.manifest.CrmNamesReader.CrmNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection, or what an app says for a portal, as far as it could be read, with where its parts
 * stand.
 *
 * @param header its head
 * @param portal the platform's id of the portal or org; null if it could not be read, or is any
 * @param terms by what and how it is scored and written
 * @param references its references to secrets; copied
 * @param complete whether it was read without an error
 * @param connection the whole; null if anything is wrong, or a secret is not there
 */
record ReadConnection(
    Header header,
    @Nullable String portal,
    Terms terms,
    List<SecretReference> references,
    boolean complete,
    @Nullable Connection connection) {
  ReadConnection {
    references = List.copyOf(references);
  }

  /** Returns by which models it scores, as far as they could be read. */
  List<ReadModelUse> models() {
    return terms.models();
  }

  /** Returns how much is written. */
  Mode mode() {
    return terms.mode();
  }

  /** Returns what names mean in the CRM. */
  CrmNames names() {
    return terms.names();
  }

  /** Returns the types of the records that the CRM keeps persons in. */
  List<String> personTypes() {
    return platform().personTypes();
  }

  /** Returns where the CRM usually holds a property; null where nothing is usual. */
  @Nullable Field usual(String name) {
    return platform().usual(name);
  }

  /** What cannot be read is taken for the CRM that most have. */
  private CrmKind platform() {
    CrmKind kind = terms.kind();
    return kind == null ? CrmKind.HUBSPOT : kind;
  }

  /**
   * Returns where a value stands, by the keys that lead there, or as near to it as there is one.
   */
  Position at(String... path) {
    return header.spec().nearest(path).at();
  }
}
