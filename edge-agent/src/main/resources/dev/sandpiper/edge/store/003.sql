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
CREATE TABLE document_people (
  document TEXT    NOT NULL,
  person   INTEGER NOT NULL,
  PRIMARY KEY (document, person)
) WITHOUT ROWID;

-- library
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
