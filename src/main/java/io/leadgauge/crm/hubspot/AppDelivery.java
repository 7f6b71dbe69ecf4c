package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leadgauge.crm.PortalParts;
import io.leadgauge.crm.hubspot.EventReader.UnreadableBodyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Parts the delivery to an app by portal. HubSpot does not say whether one array may hold events of
 * several portals that have installed the app, so each event's own {@code portalId} counts.
 */
public final class AppDelivery {
  private static final String PORTAL_ID = "portalId";
  private static final Pattern PORTAL = Pattern.compile("[0-9]{1,20}");

  private AppDelivery() {}

  /** Where an event stands in the body, in bytes, and whose it is; empty if it does not say. */
  private record Place(int from, int to, String portal) {}

  /** Returns what each portal gets of a body. */
  public static PortalParts parts(byte[] body) {
    try {
      EventReader.read(body);
      List<Place> places = places(body);
      TreeSet<String> portals = new TreeSet<>();
      places.forEach(place -> portals.add(place.portal()));
      if (portals.isEmpty()) {
        portals.add("");
      }
      TreeMap<String, byte[]> bodies = new TreeMap<>();
      for (String portal : portals) {
        bodies.put(portal, portals.size() == 1 ? body : part(body, places, portal));
      }
      return new PortalParts.ByPortal(bodies);
    } catch (UnreadableBodyException e) {
      return new PortalParts.Unreadable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new PortalParts.Unreadable("the events of the body cannot be told apart");
    }
  }

  private static List<Place> places(byte[] body) throws IOException {
    List<Place> places = new ArrayList<>();
    try (JsonParser parser = EventReader.parser(body)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        places.add(place(parser));
      }
    }
    return places;
  }

  private static Place place(JsonParser parser) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    String portal = "";
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean names = PORTAL_ID.equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (names && value.isScalarValue()) {
          portal = PORTAL.matcher(parser.getText()).matches() ? parser.getText() : "";
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
    parser.finishToken();
    long to = parser.currentLocation().getByteOffset();
    if (from < 0 || to < from) {
      throw new IOException("the place of an event is not known");
    }
    return new Place(Math.toIntExact(from), Math.toIntExact(to), portal);
  }

  private static byte[] part(byte[] body, List<Place> places, String portal) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.write('[');
    for (Place place : places) {
      if (place.portal().equals(portal)) {
        if (part.size() > 1) {
          part.write(',');
        }
        part.write(body, place.from(), place.to() - place.from());
      }
    }
    part.write(']');
    return part.toByteArray();
  }
}
