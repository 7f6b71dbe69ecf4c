package io.leadgauge.manifest;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Mode;
import io.leadgauge.manifest.CrmNamesReader.CrmNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as far as it could be read, with where its parts stand.
 *
 * @param header its head
 * @param portal the platform's id of the portal or org; null if it could not be read
 * @param models by which models it scores, as far as they could be read; copied
 * @param mode how much is written
 * @param names what names mean in the CRM
 * @param references its references to secrets; copied
 * @param complete whether it was read without an error
 * @param connection the whole; null if anything is wrong, or a secret is not there
 */
record ReadConnection(
    Header header,
    @Nullable String portal,
    List<ReadModelUse> models,
    Mode mode,
    CrmNames names,
    List<SecretReference> references,
    boolean complete,
    @Nullable Connection connection) {
  ReadConnection {
    models = List.copyOf(models);
    references = List.copyOf(references);
  }

  /**
   * Returns where a value stands, by the keys that lead there, or as near to it as there is one.
   */
  Position at(String... path) {
    return header.spec().nearest(path).at();
  }
}
