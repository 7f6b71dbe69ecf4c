const DAY = 86400000;
const now = Date.now();

function number(text) {
  return text === undefined || text === null || text === "" ? undefined : Number(text);
}

function near(value, steps, missing) {
  if (value === undefined) {
    return missing;
  }
  for (const [least, points] of steps) {
    if (value >= least) {
      return points;
    }
  }
  return 0;
}

function evenly(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value));
}

function faded(at) {
  return Math.pow(2, -(now - at) / (30 * DAY));
}

function formPoints(forms) {
  const days = new Map();
  let points = 0;
  for (const one of forms) {
    const day = Math.floor(one.at / DAY);
    const before = days.get(day) || 0;
    if (now - one.at <= 90 * DAY && before < 2) {
      days.set(day, before + 1);
      points += 8 * faded(one.at);
    }
  }
  return Math.min(24, points);
}

function demoPoints(forms) {
  let points = 0;
  for (const one of forms) {
    points += /demo/i.test(one.form) ? 15 * faded(one.at) : 0;
  }
  return points;
}

const FREE = new Set(["gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "gmx.de", "web.de"]);

function evaluate(contact) {
  const p = contact.properties;
  const lines = [];
  const title = p.jobtitle || "";
  function add(id, points) {
    if (points !== 0) {
      lines.push({ id, points });
    }
    return points;
  }
  let fit = 0;
  fit += add("decision-maker", /\b(chief|c[efimot]o|vp|vice president|director)\b/i.test(title) ? 20 : 0);
  fit += add("sales", /\bsales\b/i.test(title) ? 5 : 0);
  fit += add("working", p.bench_occupation === "Working Professional" ? 12.5 : 0);
  fit += add("student", p.bench_occupation === "Student" || p.bench_occupation === "Unemployed" ? -5 : 0);
  fit += add("referred", /referral/i.test(p.bench_origin || "") ? 10 : 0);
  fit += add("near", ["Germany", "Austria", "Switzerland"].includes(p.country) ? 7.5 : 0);
  fit += add("far", p.country === "Australia" ? -2.5 : 0);
  fit += add("free-mail", FREE.has((p.email || "").split("@")[1]) ? -10 : 0);
  fit += add("size", near(number(p.bench_employees), [[500, 15], [50, 10], [0, 2]], 0));
  fit += add("opted-out", p.bench_opted_out === "true" ? -25 : 0);
  fit = Math.min(50, fit);

  let engagement = 0;
  engagement += add("visits", near(number(p.bench_visits), [[50, 20], [10, 10], [1, 4.25]], -1));
  engagement += add("seconds", near(number(p.bench_seconds), [[1200, 15], [600, 10], [100, 7.25]], 0));
  engagement += add("form", formPoints(contact.forms));
  engagement += add("demo", demoPoints(contact.forms));
  engagement += add("searched", p.hs_analytics_source === "ORGANIC_SEARCH" ? 3 : 0);
  const last = contact.forms.reduce((latest, one) => Math.max(latest, one.at), Date.parse(p.createdate) || now);
  engagement += add("silent", now - last >= 90 * DAY ? -10 : 0);
  engagement = clamp(engagement, -20, 50);

  const total = clamp(fit + engagement, 0, 100);
  contact.label = label(contact.label, total);
  contact.isQualified = contact.isQualified ? total >= 30 : total >= 40 && fit >= 15;
  contact.segment = contact.label === "warm" && fit >= 20 ? "nurture" : contact.label === "cold" ? "educate" : "";
  const letter = fit >= 35 ? "A" : fit >= 20 ? "B" : fit >= 10 ? "C" : "D";
  const digit = engagement >= 30 ? "1" : engagement >= 15 ? "2" : engagement >= 5 ? "3" : "4";
  return {
    leadgauge_score: String(evenly(total)),
    leadgauge_grade: letter + digit,
    leadgauge_label: contact.label,
    leadgauge_reasons: reasons(lines),
  };
}

function label(before, total) {
  if (total >= (before === "hot" ? 50 : 60)) {
    return "hot";
  }
  return total >= (before === "hot" || before === "warm" ? 25 : 30) ? "warm" : "cold";
}

function reasons(lines) {
  const most = lines.filter((line) => line.points > 0).sort((a, b) => b.points - a.points).slice(0, 3);
  const least = lines.filter((line) => line.points < 0).sort((a, b) => a.points - b.points).slice(0, 3);
  return [...most, ...least].map((line) => (line.points > 0 ? "+" : "") + line.points + " " + line.id).join("; ");
}

const differing = flow.get("differing");
for (const contact of msg.changed || []) {
  if (!contact.isRead) {
    continue;
  }
  contact.wanted = evaluate(contact);
  const isSame = Object.keys(contact.wanted).every((name) => contact.wanted[name] === contact.held[name]);
  if (isSame) {
    differing.delete(contact.id);
  } else {
    differing.add(contact.id);
  }
}
return {};
