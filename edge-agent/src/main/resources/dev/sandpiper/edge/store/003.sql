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
