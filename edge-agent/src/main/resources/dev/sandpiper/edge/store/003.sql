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
