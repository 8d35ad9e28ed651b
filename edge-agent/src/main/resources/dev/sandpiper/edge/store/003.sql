-- people
-- An id is never given out again: documents and messages name people by it.
CREATE TABLE people (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  name     TEXT    NOT NULL,
  role     TEXT    NOT NULL,
  language TEXT    NOT NULL,
  model    TEXT,
  created  INTEGER NOT NULL
);

-- How a person is known on a channel. A listed one stands in the configuration, and goes with it.
CREATE TABLE accounts (
  channel TEXT    NOT NULL,
  account TEXT    NOT NULL,
  person  INTEGER NOT NULL,
  listed  INTEGER NOT NULL,
  PRIMARY KEY (channel, account)
) WITHOUT ROWID;
CREATE INDEX accounts_person ON accounts (person);

-- A used code stays for a while, so that the message that used it can come twice.
CREATE TABLE pairing_codes (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  hash    TEXT    NOT NULL,
  role    TEXT    NOT NULL,
  name    TEXT,
  person  INTEGER,
  expires INTEGER NOT NULL,
  used_by TEXT
);

-- Bounded: the oldest are forgotten.
CREATE TABLE strangers (
  channel TEXT    NOT NULL,
  account TEXT    NOT NULL,
  told    INTEGER NOT NULL,
  tries   INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  PRIMARY KEY (channel, account)
) WITHOUT ROWID;
CREATE INDEX strangers_told ON strangers (told);

-- One row for each kind of thing that is counted over all strangers.
CREATE TABLE stranger_counts (
  what  TEXT    PRIMARY KEY,
  count INTEGER NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;

-- chat

-- Begins the keys of what this home sends: another home, or a new one, never uses the same.
CREATE TABLE chat_home (tag TEXT NOT NULL);
INSERT INTO chat_home (tag) VALUES (lower(hex(randomblob(4))));

-- What came in. A chat has one OPEN message at most, the one with a job; those behind it wait.
CREATE TABLE messages (
  id         INTEGER PRIMARY KEY,
  channel    TEXT    NOT NULL,
  update_key TEXT    NOT NULL,
  address    TEXT    NOT NULL,
  person     INTEGER NOT NULL,
  state      TEXT    NOT NULL,
  job        INTEGER,
  content    TEXT    NOT NULL,
  reason     TEXT,
  received   INTEGER NOT NULL,
  ended      INTEGER
);
CREATE UNIQUE INDEX messages_update ON messages (channel, update_key);
CREATE INDEX messages_open ON messages (address, id) WHERE state IN ('WAITING', 'OPEN');
CREATE INDEX messages_parked ON messages (address, id) WHERE state = 'PARKED';

-- What goes out. READY becomes SENDING, on the disk, before anything is sent.
CREATE TABLE outbox (
  id       INTEGER PRIMARY KEY,
  address  TEXT    NOT NULL,
  message  INTEGER,
  content  TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  due      INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  doubted  INTEGER,
  far_id   TEXT,
  reason   TEXT,
  created  INTEGER NOT NULL,
  updated  INTEGER NOT NULL
);
CREATE INDEX outbox_open ON outbox (address, id) WHERE state IN ('READY', 'SENDING');
CREATE INDEX outbox_stopped ON outbox (state, id) WHERE state IN ('UNKNOWN', 'PARKED', 'REFUSED');

-- Channels whose far side asked to be left alone.
CREATE TABLE outbox_pauses (
  channel TEXT    PRIMARY KEY,
  until   INTEGER NOT NULL,
  reason  TEXT    NOT NULL
) WITHOUT ROWID;

-- Who waits to hear of which document.
CREATE TABLE followers (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT    NOT NULL,
  message  INTEGER NOT NULL,
  address  TEXT    NOT NULL,
  person   INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  caption  TEXT    NOT NULL,
  progress TEXT,
  rounds   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (document, message)
);
CREATE INDEX followers_chat ON followers (address);

-- Who sent a document: a guest sees those only.
CREATE TABLE document_people (
  document TEXT    NOT NULL,
  person   INTEGER NOT NULL,
  PRIMARY KEY (document, person)
) WITHOUT ROWID;
CREATE INDEX document_people_person ON document_people (person);

-- What was said, for the model.
CREATE TABLE sessions (
  id      INTEGER PRIMARY KEY,
  address TEXT    NOT NULL,
  content TEXT    NOT NULL
);
CREATE INDEX sessions_chat ON sessions (address, id);

-- library
-- Files that were made from a document to be sent: they go with it.
CREATE TABLE derived (
  document TEXT NOT NULL,
  blob     TEXT NOT NULL,
  PRIMARY KEY (document, blob)
) WITHOUT ROWID;

-- Whose words are in which answer, and in the message it answers: they go with the document.
CREATE TABLE quotes (
  document TEXT    NOT NULL,
  parcel   INTEGER NOT NULL,
  key      TEXT    NOT NULL,
  message  INTEGER NOT NULL,
  PRIMARY KEY (document, parcel)
) WITHOUT ROWID;
CREATE INDEX quotes_parcel ON quotes (parcel);
CREATE TRIGGER quotes_cleared AFTER DELETE ON outbox
BEGIN
  DELETE FROM quotes WHERE parcel = OLD.id;
END;
-- An answer that was on its way when its document went.
CREATE TRIGGER quotes_late AFTER UPDATE OF state ON outbox WHEN NEW.state NOT IN ('READY', 'SENDING')
  AND EXISTS (SELECT 1 FROM quotes q WHERE q.parcel = NEW.id AND NOT EXISTS (SELECT 1 FROM documents d
    WHERE d.sha256 = q.document))
BEGIN
  UPDATE outbox SET content = '{}', reason = NULL WHERE id = NEW.id;
  DELETE FROM quotes WHERE parcel = NEW.id;
END;

-- schedule
-- What is to happen, and when next. The job is the one that is due then; none while it is paused.
-- A spec is what the configuration says of it; null: it was planned in a chat.
CREATE TABLE schedules (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  name        TEXT    NOT NULL UNIQUE,
  person      INTEGER NOT NULL,
  address     TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  text        TEXT    NOT NULL,
  rhythm      TEXT    NOT NULL,
  zone        TEXT    NOT NULL,
  hours       TEXT,
  catch_up    TEXT    NOT NULL,
  made_by     TEXT    NOT NULL,
  spec        TEXT,
  paused      INTEGER NOT NULL,
  next        INTEGER NOT NULL,
  mark        TEXT    NOT NULL,
  job         INTEGER NOT NULL,
  last_answer TEXT,
  created     INTEGER NOT NULL
);
CREATE INDEX schedules_person ON schedules (person);
CREATE INDEX schedules_job ON schedules (job);

-- What became of each planned time; once, whatever happens. A row of missed ones stands for
-- several, from the planned one to the last. Bounded: the newest of each schedule, and of all.
CREATE TABLE firings (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  schedule TEXT    NOT NULL,
  planned  INTEGER NOT NULL,
  mark     TEXT    NOT NULL,
  until    INTEGER NOT NULL,
  times    INTEGER NOT NULL,
  outcome  TEXT    NOT NULL,
  reason   TEXT,
  decided  INTEGER NOT NULL,
  UNIQUE (schedule, planned),
  UNIQUE (schedule, mark)
);

-- channel.discord

-- One row: the gateway's session and how far its events are taken. Without a session the chats are asked for what was missed.
CREATE TABLE discord_session (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  bot         TEXT    NOT NULL,
  session     TEXT,
  seq         INTEGER NOT NULL,
  url         TEXT,
  self        TEXT    NOT NULL,
  application TEXT    NOT NULL,
  commands    TEXT    NOT NULL
);

-- Bounded: the chats that were quiet for longest are forgotten.
CREATE TABLE discord_chats (
  chat    TEXT    PRIMARY KEY,
  last    TEXT    NOT NULL,
  grouped INTEGER NOT NULL,
  used    INTEGER NOT NULL
) WITHOUT ROWID;

-- channel.telegram
-- The little that must be known after a restart, by bot.
CREATE TABLE telegram_facts (
  bot   INTEGER NOT NULL,
  name  TEXT    NOT NULL,
  value TEXT    NOT NULL,
  PRIMARY KEY (bot, name)
) WITHOUT ROWID;
-- library, for questions
-- The vector of a chunk has the chunk's id. Documents whose chunks all have one are listed, so that
-- what is left to do is found without reading the vectors.
CREATE TABLE vectors (
  id     INTEGER PRIMARY KEY,
  model  TEXT    NOT NULL,
  vector BLOB    NOT NULL
);
CREATE TABLE vector_documents (
  document INTEGER PRIMARY KEY,
  model    TEXT    NOT NULL,
  chunks   INTEGER NOT NULL
);
-- The job that makes them; one row at most.
CREATE TABLE vector_job (job INTEGER NOT NULL);

-- ask
-- What was asked in a chat and which documents answered, so that the next question may lean on it.
CREATE TABLE ask_turns (
  id        INTEGER PRIMARY KEY,
  address   TEXT    NOT NULL,
  person    INTEGER NOT NULL,
  asked     INTEGER NOT NULL,
  clues     TEXT    NOT NULL,
  documents TEXT    NOT NULL
);
CREATE INDEX ask_turns_address ON ask_turns (address, person, id);
-- llm.route
-- Keys are known by a salted hash only: this is the salt.
CREATE TABLE model_salt (salt TEXT NOT NULL);

CREATE TABLE model_keys (
  provider   TEXT NOT NULL,
  hash       TEXT NOT NULL,
  limited_at INTEGER,
  rest_until INTEGER,
  retired_at INTEGER,
  reason     TEXT,
  PRIMARY KEY (provider, hash)
) WITHOUT ROWID;

CREATE TABLE model_circuits (
  model    TEXT    PRIMARY KEY,
  trips    INTEGER NOT NULL,
  retry_at INTEGER,
  reason   TEXT
) WITHOUT ROWID;

-- One row a call; an answer from the cache is one, too. Money is in millionths of a dollar, null
-- where a price is unknown. shadow_of names the call that a hidden one is compared with.
CREATE TABLE model_calls (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  at           INTEGER NOT NULL,
  workflow     TEXT    NOT NULL,
  person       INTEGER,
  model        TEXT    NOT NULL,
  provider     TEXT    NOT NULL,
  answered_as  TEXT    NOT NULL,
  prompt       TEXT    NOT NULL,
  prompt_hash  TEXT    NOT NULL,
  outcome      TEXT    NOT NULL,
  input        INTEGER NOT NULL,
  cached_input INTEGER NOT NULL,
  cache_writes INTEGER NOT NULL,
  output       INTEGER NOT NULL,
  reasoning    INTEGER NOT NULL,
  complete     INTEGER NOT NULL,
  micros       INTEGER,
  first_millis INTEGER,
  total_millis INTEGER NOT NULL,
  characters   INTEGER NOT NULL,
  cached       INTEGER NOT NULL,
  shadow       INTEGER NOT NULL,
  shadow_of    INTEGER
);
CREATE INDEX model_calls_shadow ON model_calls (shadow_of) WHERE shadow_of IS NOT NULL;

-- Sums by day (UTC); person 0 is nobody in particular. unpriced counts calls without a price.
CREATE TABLE model_days (
  day          TEXT    NOT NULL,
  workflow     TEXT    NOT NULL,
  person       INTEGER NOT NULL,
  model        TEXT    NOT NULL,
  shadow       INTEGER NOT NULL,
  calls        INTEGER NOT NULL DEFAULT 0,
  failed       INTEGER NOT NULL DEFAULT 0,
  cached       INTEGER NOT NULL DEFAULT 0,
  input        INTEGER NOT NULL DEFAULT 0,
  cached_input INTEGER NOT NULL DEFAULT 0,
  cache_writes INTEGER NOT NULL DEFAULT 0,
  output       INTEGER NOT NULL DEFAULT 0,
  reasoning    INTEGER NOT NULL DEFAULT 0,
  micros       INTEGER NOT NULL DEFAULT 0,
  unpriced     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, workflow, person, model, shadow)
) WITHOUT ROWID;

-- When a model, or the words it is told, was first used.
CREATE TABLE model_changes (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  at          INTEGER NOT NULL,
  model       TEXT    NOT NULL,
  answered_as TEXT    NOT NULL,
  prompt      TEXT    NOT NULL,
  prompt_hash TEXT    NOT NULL,
  UNIQUE (model, answered_as, prompt, prompt_hash)
);

-- Answers to questions that always have the same one.
CREATE TABLE model_cache (
  hash        TEXT    PRIMARY KEY,
  text        TEXT    NOT NULL,
  answered_as TEXT    NOT NULL,
  bytes       INTEGER NOT NULL,
  used        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX model_cache_used ON model_cache (used);

-- An answer may quote a document: it must not outlive it, whoever deletes that.
CREATE TRIGGER model_cache_forgets AFTER DELETE ON documents
BEGIN
  DELETE FROM model_cache;
END;
-- ledger
-- Money is in millionths of a dollar, days are the owner's, person 0 is nobody in particular.
-- What is set aside for purchases that are under way. Adrift: the agent died, or the answer was
-- lost, before anybody knew what it cost; it counts in full until a bill says.
CREATE TABLE spending_open (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  at       INTEGER NOT NULL,
  day      TEXT    NOT NULL,
  kind     TEXT    NOT NULL,
  what     TEXT    NOT NULL,
  workflow TEXT    NOT NULL,
  person   INTEGER NOT NULL,
  micros   INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  adrift   INTEGER,
  content  TEXT
);
CREATE INDEX spending_open_day ON spending_open (day);

-- What was spent. Estimated: the provider did not say how much was used. Unpriced: no price known.
CREATE TABLE spending_days (
  day       TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  what      TEXT    NOT NULL,
  workflow  TEXT    NOT NULL,
  person    INTEGER NOT NULL,
  purchases INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  unpriced  INTEGER NOT NULL,
  micros    INTEGER NOT NULL,
  PRIMARY KEY (day, kind, what, workflow, person)
) WITHOUT ROWID;

-- What each workflow bought by the hour (of the epoch), for the brakes. Kept for a week.
CREATE TABLE spending_hours (
  workflow  TEXT    NOT NULL,
  hour      INTEGER NOT NULL,
  purchases INTEGER NOT NULL,
  micros    INTEGER NOT NULL,
  PRIMARY KEY (workflow, hour)
) WITHOUT ROWID;
CREATE INDEX spending_hours_hour ON spending_hours (hour);

-- How often the same was asked, by a hash of it. Bounded: the oldest are forgotten.
CREATE TABLE spending_repeats (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  workflow TEXT    NOT NULL,
  content  TEXT    NOT NULL,
  since    INTEGER NOT NULL,
  times    INTEGER NOT NULL,
  UNIQUE (workflow, content)
);
CREATE INDEX spending_repeats_since ON spending_repeats (since);

-- Workflows that buy nothing until somebody says so.
CREATE TABLE spending_pauses (
  workflow TEXT    PRIMARY KEY,
  seen     TEXT    NOT NULL,
  at       INTEGER NOT NULL
) WITHOUT ROWID;

-- What of a day's use of the cloud (in UTC, as it is counted) stands among what was spent.
CREATE TABLE cloud_paid (
  day    TEXT    PRIMARY KEY,
  micros INTEGER NOT NULL
) WITHOUT ROWID;

-- What the owners were told, so that they are told once.
CREATE TABLE spending_told (
  what TEXT    PRIMARY KEY,
  at   INTEGER NOT NULL
) WITHOUT ROWID;

-- work.letter
-- Letters that were written, by the ISO week in which they were due.
CREATE TABLE letters (
  week TEXT    PRIMARY KEY,
  at   INTEGER NOT NULL
) WITHOUT ROWID;

-- channel.web
-- What was said on the page. A person's message shows once it is taken; an effect is written once.
CREATE TABLE web_messages (
  id      INTEGER PRIMARY KEY,
  chat    TEXT    NOT NULL,
  key     TEXT    NOT NULL,
  author  TEXT    NOT NULL,
  text    TEXT    NOT NULL,
  buttons TEXT    NOT NULL,
  pressed TEXT,
  taken   INTEGER NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (chat, key)
);
CREATE INDEX web_messages_chat ON web_messages (chat, id);
CREATE INDEX web_messages_open ON web_messages (created) WHERE taken = 0;

-- Files of those messages, and files whose message is still to come.
CREATE TABLE web_files (
  id         TEXT    PRIMARY KEY,
  chat       TEXT    NOT NULL,
  message    INTEGER,
  sha256     TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  media_type TEXT    NOT NULL,
  size       INTEGER NOT NULL,
  created    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX web_files_message ON web_files (message);
CREATE INDEX web_files_blob ON web_files (sha256);
CREATE INDEX web_files_open ON web_files (created) WHERE message IS NULL;

-- Browsers that are logged in, known by a hash of their secret.
CREATE TABLE web_sessions (
  id      INTEGER PRIMARY KEY,
  hash    TEXT    NOT NULL UNIQUE,
  visitor TEXT    NOT NULL,
  device  TEXT    NOT NULL,
  created INTEGER NOT NULL,
  seen    INTEGER NOT NULL
);

-- channel.webhook
-- Ids that were taken: senders repeat themselves for days.
CREATE TABLE webhook_ids (
  hook  TEXT    NOT NULL,
  id    TEXT    NOT NULL,
  taken INTEGER NOT NULL,
  PRIMARY KEY (hook, id)
) WITHOUT ROWID;
CREATE INDEX webhook_ids_taken ON webhook_ids (taken);
