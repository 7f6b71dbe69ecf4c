package io.leadgauge.bench;

import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieContainerSessionsPool;
import org.kie.api.runtime.KieSession;

/** Drools: a rule each in DRL, compiled to Java, in sessions that are used again. */
final class Drools implements RuleEngine<Person> {
  private final KieContainerSessionsPool sessions = sessions();

  private static KieContainerSessionsPool sessions() {
    KieServices services = KieServices.get();
    KieFileSystem files = services.newKieFileSystem();
    files.write("src/main/resources/rules/forty.drl", rules());
    KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    if (builder.getResults().hasMessages(Message.Level.ERROR)) {
      throw new IllegalStateException("the rules are no DRL: " + builder.getResults());
    }
    return services
        .newKieContainer(services.getRepository().getDefaultReleaseId())
        .newKieSessionsPool(1);
  }

  private static String rules() {
    String properties =
        Expressions.CONDITIONS.values().stream()
            .map(one -> rule(one.id(), "Person(" + one.when() + ")", one.points() + "L"))
            .collect(Collectors.joining());
    String activities =
        FadingRule.ids().stream()
            .map(id -> rule(id, "$p: Person()", "$p.faded(\"" + id + "\", now)"))
            .collect(Collectors.joining());
    String size = "Person($e: employees)";
    String silent =
        "$p.silence(now) >= %dL ? -%dL : 0L"
            .formatted(Expressions.SILENCE, Expressions.SILENCE_COSTS);
    return """
    package rules;
    import io.leadgauge.bench.Person;
    import io.leadgauge.bench.Tally;
    global Tally tally;
    global Long now;
    """
        + properties
        + activities
        + rule("company-size", size, Expressions.SIZE.replace("employees", "$e"))
        + rule("silent", "$p: Person()", silent);
  }

  private static String rule(String id, String when, String points) {
    return "rule \"%s\" when %s then tally.add(%s); end\n"
        .formatted(id, when.replace('\'', '"'), points);
  }

  @Override
  public Person form(Person person) {
    return person;
  }

  @Override
  public long sum(Person form, long now) {
    KieSession session = sessions.newKieSession();
    try {
      Tally tally = new Tally();
      session.setGlobal("tally", tally);
      session.setGlobal("now", now);
      session.insert(form);
      session.fireAllRules();
      return tally.sum();
    } finally {
      session.dispose();
    }
  }
}
