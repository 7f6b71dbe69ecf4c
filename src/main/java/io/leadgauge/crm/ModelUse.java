package io.leadgauge.crm;

import io.leadgauge.model.Output;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the models by which a connection scores its contacts, and where in the CRM its result
 * goes.
 *
 * @param name how the result is called here, unique in the connection: the model's name, unless the
 *     connection gives another
 * @param model the model's name
 * @param fields the property that takes each output; outputs that are absent are not written;
 *     copied
 * @param stages what the model's stages mean; null where this model moves none. At most one model
 *     of a connection moves stages
 */
public record ModelUse(
    String name, String model, Map<Output, String> fields, @Nullable StageMap stages) {
  public ModelUse {
    EnumMap<Output, String> copy = new EnumMap<>(Output.class);
    copy.putAll(fields);
    fields = Collections.unmodifiableMap(copy);
  }
}
