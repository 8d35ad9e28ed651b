-- How each far backend stands: kept, so that a restart neither forgets that it is drained nor
-- hammers at one that cannot be reached.
CREATE TABLE burst_backends (
  name     TEXT    PRIMARY KEY,
  tag      TEXT    NOT NULL,
  owner    INTEGER NOT NULL DEFAULT 0,
  dirty    INTEGER NOT NULL DEFAULT 0,
  drained  INTEGER NOT NULL DEFAULT 0,
  trips    INTEGER NOT NULL DEFAULT 0,
  retry_at INTEGER,
  reason   TEXT
) WITHOUT ROWID;

-- What the cloud was used for, counted per day (UTC, as the bill is).
CREATE TABLE cloud_usage (
  day   TEXT    NOT NULL,
  what  TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, what)
) WITHOUT ROWID;
