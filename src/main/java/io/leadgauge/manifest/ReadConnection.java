package io.leadgauge.manifest;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WriteBack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as far as it could be read, with where its parts stand.
 *
 * @param header its head
 * @param spec what it says, for positions
 * @param portal the platform's id of the portal or org; null if it could not be read
 * @param model the name of its model; null if it could not be read
 * @param mode how much is written
 * @param fields what property names mean
 * @param stages what stages mean; null for none
 * @param activities what feeds activities; copied
 * @param writeBack what is written
 * @param references its references to secrets; copied
 * @param complete whether it was read without an error
 * @param connection the whole; null if anything is wrong, or a secret is not there
 */
record ReadConnection(
    Header header,
    Fields spec,
    @Nullable String portal,
    @Nullable String model,
    Mode mode,
    FieldMap fields,
    @Nullable StageMap stages,
    List<ActivityMap> activities,
    WriteBack writeBack,
    List<SecretReference> references,
    boolean complete,
    @Nullable Connection connection) {
  ReadConnection {
    activities = List.copyOf(activities);
    references = List.copyOf(references);
  }

  /**
   * Returns where a value stands, by the keys that lead there, or as near to it as there is one.
   */
  Position at(String... path) {
    Node node = header.spec();
    for (String key : path) {
      Node next = node instanceof Node.Mapping mapping ? mapping.value(key) : null;
      if (next == null) {
        return node.at();
      }
      node = next;
    }
    return node.at();
  }
}
