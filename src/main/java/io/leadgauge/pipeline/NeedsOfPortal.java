package io.leadgauge.pipeline;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.ListMap;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Read;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.PortalNeeds.Use;
import io.leadgauge.model.RecordRef;
import io.leadgauge.scoring.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Works out what a connection needs to find in its portal. */
public final class NeedsOfPortal {
  private final ConnectionScope scope;
  private final Map<String, ModelDefinition> models;

  private NeedsOfPortal(ConnectionScope scope, Map<String, ModelDefinition> models) {
    this.scope = scope;
    this.models = models;
  }

  /**
   * Returns what a connection needs.
   *
   * @param models what its models say, by the names that the connection calls them
   */
  public static PortalNeeds of(ConnectionScope scope, Map<String, ModelDefinition> models) {
    NeedsOfPortal needs = new NeedsOfPortal(scope, models);
    return new PortalNeeds(needs.reads(), needs.targets(), scope.stages(), needs.handsOff());
  }

  private List<Read> reads() {
    List<Read> reads = new ArrayList<>();
    scope.properties().forEach(name -> reads.addAll(reads(name)));
    for (ActivityMap activity : scope.connection().activities()) {
      if (activity.isOfContact() || scope.scores(activity.object())) {
        reads.addAll(reads(activity));
      }
    }
    reads.addAll(kept());
    return reads;
  }

  private List<Read> reads(String name) {
    Connection connection = scope.connection();
    ListMap list = ReadNames.list(connection, name);
    Field field = ReadNames.field(connection, name);
    Use use =
        list == null
            ? new Use.Value(name, field == null ? FieldType.TEXT : field.type())
            : new Use.Membership(list.item());
    List<Read> reads = new ArrayList<>();
    for (String person : connection.personTypes()) {
      String property = ReadNames.propertyOf(connection, name, person);
      if (property != null) {
        reads.add(new Read(person, property, use));
      }
    }
    String ofCompany = ReadNames.propertyOfCompany(connection, name);
    if (ofCompany != null) {
      reads.add(new Read(RecordRef.COMPANY, ofCompany, use));
    }
    return reads;
  }

  private static List<Read> reads(ActivityMap activity) {
    List<Read> reads = new ArrayList<>();
    reads.add(new Read(activity.object(), activity.at(), new Use.Moment(activity.type())));
    for (String detail : activity.attributes().values()) {
      reads.add(new Read(activity.object(), detail, new Use.Detail(activity.type())));
    }
    return reads;
  }

  /** Tasks are of interest only where we make some. */
  private List<Read> kept() {
    Outcomes outcomes = scope.connection().outcomes();
    List<Read> reads = new ArrayList<>();
    outcomes
        .records()
        .forEach(
            (type, names) -> {
              if (handsOff() || !type.equals(RecordRef.TASK)) {
                names.forEach(name -> reads.add(new Read(type, name, new Use.Kept())));
              }
            });
    return reads;
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (ModelUse use : scope.connection().models()) {
      ModelDefinition model = model(use);
      use.fields()
          .forEach(
              (output, property) ->
                  targets.add(new Target(property, output, OutputValues.of(output, model))));
    }
    return targets;
  }

  private boolean handsOff() {
    return scope.connection().models().stream()
        .filter(use -> use.stages() != null)
        .flatMap(use -> model(use).stages().stream())
        .anyMatch(stage -> stage.handOff() != null);
  }

  private ModelDefinition model(ModelUse use) {
    ModelDefinition model = models.get(use.name());
    if (model == null) {
      throw new IllegalArgumentException("no model " + use.name());
    }
    return model;
  }
}
