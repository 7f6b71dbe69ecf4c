package io.leadgauge.cli;

import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/** A platform of which nothing is learned but what is delivered and what is asked because of it. */
record UnwatchedCrm(CrmAdapter platform) implements CrmAdapter {
  @Override
  public Decoded decode(Connection connection, Delivery delivery) {
    return platform.decode(connection, delivery);
  }

  @Override
  public Redacted without(Delivery delivery, Erased erased) {
    return platform.without(delivery, erased);
  }

  @Override
  public CrmClient connect(Connection connection) {
    return unwatched(platform.connect(connection), false);
  }

  private static CrmClient unwatched(CrmClient client, boolean inBackground) {
    return (CrmClient)
        Proxy.newProxyInstance(
            CrmClient.class.getClassLoader(),
            new Class<?>[] {CrmClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "changed" -> new ChangedPage(List.of(), true, null);
                  case "inBackground" -> unwatched(client.inBackground(), true);
                  case "read" ->
                      inBackground && arguments[0].equals(RecordRef.CONTACT)
                          ? new ReadAnswer(List.of(), Set.of(), null)
                          : call(client, method, arguments);
                  default -> call(client, method, arguments);
                });
  }

  private static Object call(CrmClient client, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
