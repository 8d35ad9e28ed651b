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
