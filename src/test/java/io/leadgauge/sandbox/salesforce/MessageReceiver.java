package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A real server that messages and events are sent to, which answers as a test wants. */
final class MessageReceiver implements AutoCloseable {
  static final String OUTBOUND = "http://soap.sforce.com/2005/09/outbound";
  static final String OBJECTS = "urn:sobject.enterprise.soap.sforce.com";

  static final String ACKNOWLEDGED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
       <soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">
        <Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>
      """;

  private final Vertx vertx = Vertx.vertx();
  private final List<Received> received = new ArrayList<>();
  private final HttpServer server;
  private volatile IntFunction<Told> answers = n -> new Told(200, ACKNOWLEDGED);

  /** What is answered. */
  record Told(int status, String body) {}

  /** A notification of a message; fields in their order. */
  record Notified(String id, String type, Map<String, String> fields) {
    String record() {
      return fields.getOrDefault("Id", "");
    }
  }

  /** One request. */
  record Received(MultiMap headers, Buffer body) {
    Document xml() {
      try {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body.getBytes()));
      } catch (Exception e) {
        throw new AssertionError(body.toString(), e);
      }
    }

    JsonNode json() {
      return OrgClient.json(body.toString());
    }

    List<Notified> notified() {
      List<Notified> all = new ArrayList<>();
      NodeList nodes = xml().getElementsByTagNameNS(OUTBOUND, "Notification");
      for (int i = 0; i < nodes.getLength(); i++) {
        all.add(notified((Element) nodes.item(i)));
      }
      return all;
    }

    private static Notified notified(Element notification) {
      Element object = (Element) notification.getElementsByTagNameNS(OUTBOUND, "sObject").item(0);
      Map<String, String> fields = new LinkedHashMap<>();
      for (Node child = object.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (child instanceof Element field) {
          if (fields.put(field.getLocalName(), field.getTextContent()) != null) {
            throw new AssertionError("twice: " + field.getLocalName());
          }
        }
      }
      return new Notified(
          notification.getElementsByTagNameNS(OUTBOUND, "Id").item(0).getTextContent(),
          object.getAttributeNS("http://www.w3.org/2001/XMLSchema-instance", "type"),
          fields);
    }
  }

  MessageReceiver() {
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::receive)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Answers the n-th request, from 0. */
  void answer(IntFunction<Told> newAnswers) {
    answers = newAnswers;
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/webhooks/main/token";
  }

  synchronized List<Received> requests() {
    return List.copyOf(received);
  }

  List<Notified> notified() {
    return requests().stream().flatMap(request -> request.notified().stream()).toList();
  }

  /** Waits for so many requests, and returns all that came. */
  List<Received> awaitRequests(int count) {
    Await.until(count + " requests", () -> requests().size() >= count);
    return requests();
  }

  /** Waits for so many notifications, and returns all that came. */
  List<Notified> awaitNotified(int count) {
    Await.until(count + " notifications", () -> notified().size() >= count);
    return notified();
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Told told = answers.apply(add(new Received(request.headers(), body)));
              request.response().setStatusCode(told.status()).end(told.body());
            });
  }

  private synchronized int add(Received request) {
    received.add(request);
    return received.size() - 1;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
