-- Everything from outside, in commit order. Nothing changes a record except by an entry.
CREATE TABLE journal (
  seq         INTEGER PRIMARY KEY,
  kind        TEXT    NOT NULL,      -- delivery, observation, activation, decision, erased
  connection  TEXT    NOT NULL,      -- '' for the activation of a model
  received_at INTEGER NOT NULL,      -- our clock, epoch milliseconds
  head        TEXT    NOT NULL,      -- what describes the body, as JSON
  body        BLOB    NOT NULL,      -- of a decision or activation, as JSON or text
  bytes       INTEGER NOT NULL,      -- how long the body was as it came
  outcome     TEXT    NOT NULL,      -- applied, quarantined
  reason      TEXT,                  -- why it is quarantined
  events      INTEGER NOT NULL,      -- how many events or facts it brought
  noted       INTEGER NOT NULL       -- how many of them were kept and counted, nothing else; of an
                                     -- observation, how many records the CRM refused
) STRICT;
CREATE INDEX journal_activation ON journal (seq) WHERE kind = 'activation';
CREATE INDEX journal_delivery ON journal (connection, seq) WHERE kind = 'delivery';
CREATE INDEX journal_retried ON journal (head ->> 'delivery', seq) WHERE kind = 'retried';
CREATE INDEX journal_quarantine ON journal (seq) WHERE outcome = 'quarantined';

-- Bodies of deliveries, with their headers, and of observations. Apart from their entries, so that
-- whole pages are free again when the oldest go.
CREATE TABLE packed_body (
  seq     INTEGER PRIMARY KEY,
  packing INTEGER NOT NULL,          -- 0 none, else by which dictionary
  packed  BLOB    NOT NULL
) STRICT;
CREATE TRIGGER journal_erased AFTER UPDATE OF kind ON journal WHEN new.kind = 'erased'
BEGIN
  DELETE FROM packed_body WHERE seq = new.seq;
END;

-- How long they are together, as they are stored.
CREATE TABLE body_size (
  through INTEGER NOT NULL,          -- up to this entry they are counted
  bytes   INTEGER NOT NULL
) STRICT;
INSERT INTO body_size VALUES (0, 0);
CREATE TRIGGER packed_body_rewritten AFTER UPDATE OF packed ON packed_body
WHEN old.seq <= (SELECT through FROM body_size)
BEGIN
  UPDATE body_size SET bytes = bytes - length(old.packed) + length(new.packed);
END;
CREATE TRIGGER packed_body_emptied AFTER DELETE ON packed_body
WHEN old.seq <= (SELECT through FROM body_size)
BEGIN
  UPDATE body_size SET bytes = bytes - length(old.packed);
END;

-- One row per record of a CRM that an entry has named. Its key never changes.
CREATE TABLE record (
  id            INTEGER PRIMARY KEY,
  connection    TEXT    NOT NULL,
  type          TEXT    NOT NULL,
  object_id     TEXT    NOT NULL,
  version       INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  changed_at    INTEGER NOT NULL,
  written_at    INTEGER NOT NULL,
  cut           INTEGER NOT NULL,
  fetch_at      INTEGER,             -- due work; null for none
  write_at      INTEGER,
  sweep_at      INTEGER,
  attempts      INTEGER NOT NULL,
  problem       TEXT,
  lease_until   INTEGER,             -- who holds the due work, where several nodes share a store
  fence         INTEGER NOT NULL DEFAULT 0,
  UNIQUE (connection, type, object_id)
) STRICT;
CREATE INDEX record_fetch ON record (connection, fetch_at) WHERE fetch_at IS NOT NULL;
CREATE INDEX record_write ON record (connection, write_at) WHERE write_at IS NOT NULL;
CREATE INDEX record_sweep ON record (connection, sweep_at) WHERE sweep_at IS NOT NULL;

-- Facts are rows that are only added, until a bound cuts the oldest.
CREATE TABLE property_fact (
  record      INTEGER NOT NULL,
  property    TEXT    NOT NULL,
  at          INTEGER NOT NULL,      -- the CRM's clock
  rank        INTEGER NOT NULL,
  value       TEXT    NOT NULL,
  received_at INTEGER NOT NULL,      -- our clock, when it was first learned
  PRIMARY KEY (record, property, at, rank, value)
) STRICT, WITHOUT ROWID;
-- The way from an e-mail address to the contacts that have it.
CREATE INDEX property_fact_email ON property_fact (lower(value)) WHERE property IN ('email', 'Email');

CREATE TABLE activity_fact (
  record      INTEGER NOT NULL,
  type        TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  attributes  TEXT    NOT NULL,      -- JSON object, keys in order
  received_at INTEGER NOT NULL,
  PRIMARY KEY (record, type, at, attributes)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_fact (
  record      INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  to_type     TEXT    NOT NULL,
  to_id       TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  rank        INTEGER NOT NULL,
  value       TEXT    NOT NULL,      -- true, or false for a link undone
  received_at INTEGER NOT NULL,
  PRIMARY KEY (record, kind, to_type, to_id, at, rank, value)
) STRICT, WITHOUT ROWID;
-- The way back: who was merged into a record, who works at a company, a page at a time.
CREATE INDEX link_fact_target ON link_fact (to_type, to_id, kind, record);

-- What the entries told whose bodies were emptied: the facts as they were up to the last of them.
CREATE TABLE snapshot (
  record        INTEGER PRIMARY KEY,
  first_seen_at INTEGER NOT NULL,    -- our clock
  facts         BLOB    NOT NULL,    -- JSON, packed
  packing       INTEGER NOT NULL,
  name          TEXT                 -- of an address or a visitor: its keyed hash
) STRICT;
CREATE INDEX snapshot_name ON snapshot (name) WHERE name IS NOT NULL;

-- Where the links lead that stand in the snapshot, or stood.
CREATE TABLE snapshot_link (
  record  INTEGER NOT NULL,
  to_type TEXT    NOT NULL,
  to_id   TEXT    NOT NULL,
  PRIMARY KEY (record, to_type, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_link_target ON snapshot_link (to_type, to_id);

-- Names by which something was told of somebody, and that lead to nobody yet.
CREATE TABLE waiting (
  record     INTEGER PRIMARY KEY,
  connection TEXT    NOT NULL,
  seen_at    INTEGER NOT NULL,       -- when something was told last, by our clock
  events     INTEGER NOT NULL        -- how many events are kept under it
) STRICT;
CREATE INDEX waiting_longest ON waiting (connection, seen_at, record);

-- Where a contact stands by one model: the last score as the CRM should show it.
CREATE TABLE standing (
  record     INTEGER NOT NULL,
  model      TEXT    NOT NULL,
  model_hash TEXT    NOT NULL,
  scored_at  INTEGER NOT NULL,
  recheck_at INTEGER NOT NULL,
  outputs    TEXT    NOT NULL,       -- JSON
  decision   TEXT    NOT NULL,       -- JSON
  PRIMARY KEY (record, model)
) STRICT, WITHOUT ROWID;

-- Which entries name which record: the way from a contact to its deliveries.
CREATE TABLE entry_record (
  record INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (record, seq)
) STRICT, WITHOUT ROWID;

-- How far a resumable pass has come.
CREATE TABLE cursor (
  connection TEXT NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (connection, name)
) STRICT, WITHOUT ROWID;

-- Properties of which the CRM has sent an event, so that they need no poll.
CREATE TABLE property_seen (
  connection TEXT    NOT NULL,
  property   TEXT    NOT NULL,
  first_at   INTEGER NOT NULL,
  PRIMARY KEY (connection, property)
) STRICT, WITHOUT ROWID;

-- Portals that have let an OAuth app in. The tokens are encrypted; their keys are not here.
CREATE TABLE app_install (
  app            TEXT    NOT NULL,
  portal         TEXT    NOT NULL,
  installed_at   INTEGER NOT NULL,   -- our clock
  uninstalled_at INTEGER,            -- null while the portal lets the app in
  key_id         TEXT    NOT NULL,   -- which key opens the token
  refresh_token  BLOB    NOT NULL,   -- nonce and AES-256-GCM
  PRIMARY KEY (app, portal)
) STRICT, WITHOUT ROWID;

-- What is to be made once in the CRM and cannot be repeated without harm: the task of a hand-off.
-- Committed before the call; the key is carried in the task.
CREATE TABLE intent (
  key            TEXT    PRIMARY KEY,
  record         INTEGER NOT NULL,   -- the contact
  connection     TEXT    NOT NULL,   -- the contact's
  model          TEXT    NOT NULL,
  stage          TEXT    NOT NULL,
  at             INTEGER NOT NULL,   -- our clock, when it was decided
  due_at         INTEGER NOT NULL,
  subject        TEXT    NOT NULL,
  note           TEXT    NOT NULL,
  owner          TEXT    NOT NULL,
  fallback_owner TEXT,
  state          TEXT    NOT NULL,   -- planned, sent, done, given up, withdrawn
  attempts       INTEGER NOT NULL,
  next_at        INTEGER,            -- when the next step is due; null for none
  task           TEXT,               -- the CRM's id of it
  problem        TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX intent_next ON intent (connection, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX intent_state ON intent (connection, state, at);
CREATE INDEX intent_record ON intent (record);

-- Properties that a CRM refuses to be written, for whatever contact; left out of all writes.
CREATE TABLE refused_field (
  connection  TEXT    NOT NULL,
  property    TEXT    NOT NULL,
  message     TEXT    NOT NULL,      -- what the CRM said
  since       INTEGER NOT NULL,      -- our clock
  tries       INTEGER NOT NULL,      -- how often in a row
  next_try_at INTEGER NOT NULL,
  definition  TEXT    NOT NULL,      -- how the CRM defined it then; empty while not known
  PRIMARY KEY (connection, property)
) STRICT, WITHOUT ROWID;

-- Fields of contacts that somebody else keeps writing over, and that are left to them for a while.
-- For reports: whether a field is, follows from the contact's facts.
CREATE TABLE contest (
  record     INTEGER NOT NULL,
  property   TEXT    NOT NULL,
  connection TEXT    NOT NULL,       -- the record's
  writer     TEXT    NOT NULL,       -- in the CRM's words
  since      INTEGER NOT NULL,       -- our clock
  until      INTEGER NOT NULL,
  PRIMARY KEY (record, property)
) STRICT, WITHOUT ROWID;
CREATE INDEX contest_until ON contest (connection, until);

-- Whom to forget for ever, by a keyed hash from which nobody can be read back.
CREATE TABLE tombstone (
  hash   BLOB PRIMARY KEY,           -- of connection, type and id; the key is in erasure.key
  record INTEGER                     -- the record that is still to be erased; null once it is gone
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_pending ON tombstone (record) WHERE record IS NOT NULL;

-- Deliveries that may name records which entry_record does not lead to.
CREATE INDEX journal_loose ON journal (connection, seq)
  WHERE kind IN ('delivery', 'observation') AND (noted > 0 OR outcome = 'quarantined');

-- How much came in each hour of the last weeks, from which it is learned what is usual. By
-- connection and kind alone; nothing of anybody.
CREATE TABLE hourly (
  connection TEXT    NOT NULL,       -- '' for the installation
  measure    TEXT    NOT NULL,
  hour       INTEGER NOT NULL,       -- our clock, hours since the epoch
  count      INTEGER NOT NULL,
  PRIMARY KEY (connection, measure, hour)
) STRICT, WITHOUT ROWID;
