// At most six calls under way; what comes meanwhile goes together, a hundred contacts a call.
const MOST_CALLS = 6;
const BATCH = 100;
const READ = [
  "jobtitle", "email", "country", "createdate", "hs_analytics_source", "bench_occupation", "bench_origin",
  "bench_employees", "bench_opted_out", "bench_visits", "bench_seconds", "recent_conversion_date",
  "recent_conversion_event_name", "leadgauge_score", "leadgauge_grade", "leadgauge_label", "leadgauge_reasons",
];

const contacts = flow.get("contacts");
const calls = flow.get("calls");

function some(ids) {
  const taken = [];
  for (const id of ids) {
    taken.push(id);
    ids.delete(id);
    if (taken.length === BATCH) {
      break;
    }
  }
  return taken;
}

function send(action, ids, payload) {
  calls.underWay++;
  node.send({
    action,
    ids,
    payload,
    method: "POST",
    url: env.get("BENCH_API") + "/crm/v3/objects/contacts/batch/" + action,
    headers: { authorization: "Bearer " + env.get("BENCH_TOKEN"), "content-type": "application/json" },
  });
}

const unread = flow.get("unread");
const differing = flow.get("differing");
while (calls.underWay < MOST_CALLS && unread.size > 0) {
  const ids = some(unread);
  send("read", ids, { properties: READ, inputs: ids.map((id) => ({ id })) });
}
const isWriting = env.get("BENCH_WRITES") === "true";
while (isWriting && calls.underWay < MOST_CALLS && differing.size > 0) {
  const ids = some(differing);
  send("update", ids, { inputs: ids.map((id) => ({ id, properties: contacts.get(id).wanted })) });
}
return null;
