package io.leadgauge.bench;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;

/** CEL, the Common Expression Language: one checked expression over typed variables. */
final class CommonExpression implements RuleEngine<Map<String, Object>> {
  private static final List<String> TEXTS =
      List.of(
          "title",
          "rank",
          "industry",
          "country",
          "department",
          "phone",
          "technologies",
          "timeline",
          "website",
          "company",
          "domain");

  private final CelRuntime.Program program = compiled();

  private static CelRuntime.Program compiled() {
    CelBuilder builder = CelFactory.plannerCelBuilder();
    TEXTS.forEach(name -> builder.addVar(name, SimpleType.STRING));
    List.of("employees", "revenue", "budget", "now")
        .forEach(name -> builder.addVar(name, SimpleType.INT));
    List.of("approved", "optedOut").forEach(name -> builder.addVar(name, SimpleType.BOOL));
    builder.addVar("person", SimpleType.DYN);
    builder.addFunctionDeclarations(
        CelFunctionDecl.newFunctionDeclaration(
            "faded",
            CelOverloadDecl.newGlobalOverload(
                "faded_rule", SimpleType.INT, SimpleType.DYN, SimpleType.STRING, SimpleType.INT)),
        CelFunctionDecl.newFunctionDeclaration(
            "silence",
            CelOverloadDecl.newGlobalOverload(
                "silence_at", SimpleType.INT, SimpleType.DYN, SimpleType.INT)));
    builder.addFunctionBindings(
        CelFunctionBinding.from(
            "faded_rule",
            List.of(Object.class, String.class, Long.class),
            given -> ((Person) given[0]).faded((String) given[1], (Long) given[2])),
        CelFunctionBinding.from(
            "silence_at",
            List.of(Object.class, Long.class),
            given -> ((Person) given[0]).silence((Long) given[1])));
    Cel cel = builder.build();
    try {
      String sum = Expressions.sum("faded(person, '%s', now)", "silence(person, now)");
      return cel.createProgram(cel.compile(sum).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("the rules are no CEL: " + e.getMessage(), e);
    }
  }

  @Override
  public Map<String, Object> form(Person person) {
    return person.values();
  }

  @Override
  public long sum(Map<String, Object> form, long now) {
    form.put("now", now);
    try {
      return (Long) program.eval(form);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("CEL cannot say", e);
    }
  }
}
