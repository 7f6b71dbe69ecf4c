const headers = msg.req.headers;
const timestamp = headers["x-hubspot-request-timestamp"] || "";
const given = Buffer.from(headers["x-hubspot-signature-v3"] || "", "base64");
const crypto = global.get("crypto");
const wanted = crypto
  .createHmac("sha256", env.get("BENCH_SECRET"))
  .update("POST" + env.get("BENCH_URL"))
  .update(msg.payload)
  .update(timestamp)
  .digest();
const isFresh = Math.abs(Date.now() - Number(timestamp)) < 300000;
if (!isFresh || given.length !== wanted.length || !crypto.timingSafeEqual(given, wanted)) {
  msg.statusCode = 401;
  msg.payload = "";
  return [msg, null];
}

const contacts = flow.get("contacts");
const unread = flow.get("unread");
const changed = new Set();
for (const event of JSON.parse(msg.payload.toString("utf8"))) {
  if (event.subscriptionType !== "contact.propertyChange") {
    continue;
  }
  const id = String(event.objectId);
  let contact = contacts.get(id);
  if (!contact) {
    contact = { id, properties: {}, times: {}, forms: [], held: {}, isRead: false };
    contacts.set(id, contact);
    unread.add(id);
  }
  const name = event.propertyName;
  if (event.occurredAt >= (contact.times[name] || 0)) {
    contact.times[name] = event.occurredAt;
    contact.properties[name] = event.propertyValue;
    if (name === "recent_conversion_date") {
      contact.forms.push({ at: Number(event.propertyValue), form: contact.properties.recent_conversion_event_name || "" });
    }
    changed.add(contact);
  }
}
msg.statusCode = 204;
msg.payload = "";
return [msg, { changed }];
