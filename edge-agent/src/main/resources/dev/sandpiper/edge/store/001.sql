-- Times are milliseconds since 1970.

CREATE TABLE boots (number INTEGER PRIMARY KEY);

-- A job has a due time only while it can be claimed or is running (a few finished ones keep theirs
-- until the next tidying); so jobs_open stays as small as the backlog, and a claim, which touches
-- neither column, writes one page.
CREATE TABLE jobs (
  id            INTEGER PRIMARY KEY,
  state         TEXT    NOT NULL,
  priority      INTEGER NOT NULL,
  due           INTEGER,
  lease         INTEGER,
  attempts      INTEGER NOT NULL DEFAULT 0,
  kills         INTEGER NOT NULL DEFAULT 0,
  interruptions INTEGER NOT NULL DEFAULT 0,
  late_results  INTEGER NOT NULL DEFAULT 0,
  kind          TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  payload       TEXT    NOT NULL,
  batch         INTEGER,
  parent        INTEGER,
  ordinal       INTEGER,
  reason        TEXT,
  outcome       TEXT,
  created       INTEGER NOT NULL,
  updated       INTEGER NOT NULL
);
CREATE INDEX jobs_open ON jobs (priority, due) WHERE due IS NOT NULL;
CREATE INDEX jobs_parts ON jobs (parent, ordinal) WHERE parent IS NOT NULL;
CREATE INDEX jobs_stopped ON jobs (state) WHERE state IN ('WAITING', 'PARKED');

CREATE TABLE batches (
  id      INTEGER PRIMARY KEY,
  label   TEXT    NOT NULL,
  created INTEGER NOT NULL
);

CREATE TABLE documents (
  id          INTEGER PRIMARY KEY,
  sha256      TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL,
  size        INTEGER NOT NULL,
  state       TEXT    NOT NULL,
  media_type  TEXT,
  pages       INTEGER NOT NULL DEFAULT 0,
  title       TEXT,
  authors     TEXT    NOT NULL DEFAULT '',
  created     INTEGER,
  modified    INTEGER,
  language    TEXT,
  code        TEXT,
  message     TEXT,
  warnings    INTEGER NOT NULL DEFAULT 0,
  result      TEXT,
  result_size INTEGER NOT NULL DEFAULT 0,
  chunks      INTEGER NOT NULL DEFAULT 0,
  received    INTEGER NOT NULL,
  parsed      INTEGER
);
CREATE INDEX documents_result ON documents (result) WHERE result IS NOT NULL;

CREATE TABLE arrivals (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  origin   TEXT    NOT NULL,
  batch    INTEGER,
  received INTEGER NOT NULL
);
CREATE INDEX arrivals_document ON arrivals (document);
CREATE INDEX arrivals_batch ON arrivals (batch) WHERE batch IS NOT NULL;

CREATE TABLE tags (
  tag      TEXT    NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (tag, document)
) WITHOUT ROWID;
CREATE INDEX tags_document ON tags (document);

-- The id of a chunk is document * 2^20 + ordinal: the chunks of a document are a range.
CREATE TABLE chunks (
  id         INTEGER PRIMARY KEY,
  headings   TEXT    NOT NULL,
  first_page INTEGER,
  last_page  INTEGER,
  place      TEXT,
  text       TEXT    NOT NULL
);

-- Contentless: the text is kept once, in chunks. A deletion names the old text, and secure-delete
-- takes its words out of the index at once.
CREATE VIRTUAL TABLE chunk_words USING fts5 (
  title, headings, text,
  content = '',
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO chunk_words (chunk_words, rank) VALUES ('secure-delete', 1);
