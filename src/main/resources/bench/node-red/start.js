// What is known of contacts, in memory: id to {id, properties, times, label, held, isRead}.
flow.set("contacts", new Map());
// Contacts that are to be read, and contacts whose fields differ from what they should hold.
flow.set("unread", new Set());
flow.set("differing", new Set());
flow.set("calls", { underWay: 0 });
