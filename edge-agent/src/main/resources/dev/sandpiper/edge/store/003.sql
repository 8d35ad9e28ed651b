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
