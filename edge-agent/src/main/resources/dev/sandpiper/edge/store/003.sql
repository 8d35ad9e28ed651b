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

-- schedule
-- What is to be said or asked, and when next. The job is the one that is due then.
CREATE TABLE schedules (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  person  INTEGER NOT NULL,
  address TEXT    NOT NULL,
  rhythm  TEXT    NOT NULL,
  zone    TEXT    NOT NULL,
  asks    INTEGER NOT NULL,
  text    TEXT    NOT NULL,
  next    INTEGER NOT NULL,
  job     INTEGER NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX schedules_person ON schedules (person);

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
