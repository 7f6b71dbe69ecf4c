const contacts = flow.get("contacts");
flow.get("calls").underWay--;
const changed = new Set();

if (msg.statusCode !== 200 && msg.statusCode !== 207) {
  // What was asked for is still to be done.
  const again = flow.get(msg.action === "read" ? "unread" : "differing");
  msg.ids.forEach((id) => again.add(id));
  setTimeout(() => node.send({ changed }), 1000);
  return null;
}

for (const result of msg.payload.results || []) {
  const contact = contacts.get(result.id);
  if (msg.action === "read") {
    for (const [name, value] of Object.entries(result.properties)) {
      if (name.startsWith("leadgauge_")) {
        contact.held[name] = value;
      } else if (value !== null && !(name in contact.times)) {
        contact.properties[name] = value;
      }
    }
    if (contact.properties.recent_conversion_date && contact.forms.length === 0) {
      contact.forms.push({
        at: Date.parse(contact.properties.recent_conversion_date),
        form: contact.properties.recent_conversion_event_name || "",
      });
    }
    contact.label = contact.held.leadgauge_label || undefined;
    contact.isRead = true;
  } else {
    for (const name of Object.keys(contact.wanted)) {
      contact.held[name] = result.properties[name];
    }
  }
  // What has changed while the call was under way is seen now.
  changed.add(contact);
}
return { changed };
