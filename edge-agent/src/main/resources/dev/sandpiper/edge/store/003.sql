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
