package io.leadgauge.bench;

import java.util.Map;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/** Apache Commons JEXL: one expression over values by name. */
final class Jexl implements RuleEngine<Map<String, Object>> {
  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .permissions(JexlPermissions.UNRESTRICTED)
          .strict(true)
          .silent(false)
          .cache(64)
          .create();

  private final JexlExpression expression =
      ENGINE.createExpression(Expressions.sum("person.faded('%s', now)", "person.silence(now)"));

  @Override
  public Map<String, Object> form(Person person) {
    return person.values();
  }

  @Override
  public long sum(Map<String, Object> form, long now) {
    form.put("now", now);
    return ((Number) expression.evaluate(new MapContext(form))).longValue();
  }
}
