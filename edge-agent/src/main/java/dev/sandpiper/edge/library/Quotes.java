package dev.sandpiper.edge.library;

import dev.sandpiper.edge.store.Tx;

/// What chats were told in the words of a document.
///
/// The rule: with a document goes every exchange that has words of it, in all chats: the answer,
/// what was asked, and the message that brought it. What is still on its way out is sent, for
/// somebody waits for it; its row is emptied once it has ended.
final class Quotes {
  private static final String MESSAGES =
      "SELECT id FROM messages WHERE state IN ('DONE', 'CANCELLED') AND id IN (SELECT message FROM"
          + " quotes WHERE document=?1)";

  /// On the page: what the agent said, and what was said to it.
  private static final String ON_THE_PAGE =
      "SELECT id FROM web_messages WHERE (author='AGENT' AND key IN (SELECT key FROM quotes WHERE"
          + " document=?1)) OR (author='PERSON' AND taken=1 AND chat || ':' || key IN (SELECT"
          + " update_key FROM messages WHERE channel='web' AND id IN ("
          + MESSAGES
          + ")))";

  private Quotes() {}

  static void forget(Tx tx, String sha256) {
    tx.update("DELETE FROM web_files WHERE message IN (" + ON_THE_PAGE + ")", sha256);
    tx.update("DELETE FROM web_messages WHERE id IN (" + ON_THE_PAGE + ")", sha256);
    tx.update(
        "UPDATE messages SET content='{}', reason=NULL WHERE id IN (" + MESSAGES + ")", sha256);
    tx.update(
        "UPDATE outbox SET content='{}', reason=NULL WHERE state NOT IN ('READY', 'SENDING') AND id"
            + " IN (SELECT parcel FROM quotes WHERE document=?1)",
        sha256);
    tx.update(
        "DELETE FROM quotes WHERE document=?1 AND parcel NOT IN (SELECT id FROM outbox WHERE state"
            + " IN ('READY', 'SENDING'))",
        sha256);
  }
}
