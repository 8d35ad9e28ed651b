-- channel.telegram
-- The little that must be known after a restart, by bot.
CREATE TABLE telegram_facts (
  bot   INTEGER NOT NULL,
  name  TEXT    NOT NULL,
  value TEXT    NOT NULL,
  PRIMARY KEY (bot, name)
) WITHOUT ROWID;
