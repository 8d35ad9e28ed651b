package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.store.Tx;

/// Takes what the owner must be told.
public interface Notices {

  /// Nobody is told.
  Notices NONE = (_, _) -> {};

  /// Tells the owner in the transaction that makes it true: once, even over a kill.
  void tell(Tx tx, Notice notice);

  /// What the owner must be told.
  ///
  /// @param provider the owner's name for it
  /// @param key which of its keys, in words; never the key
  record Notice(Trouble trouble, String provider, String key) {

    /// In English, for one who has no words of his own for it.
    public String words() {
      return switch (trouble) {
        case KEY_REFUSED ->
            "%s no longer accepts %s. It is not used until another key stands there."
                .formatted(provider, key);
        case NO_CREDIT ->
            "The account of %s, %s, has no credit left. It is tried again in an hour."
                .formatted(provider, key);
      };
    }
  }

  /// What is wrong.
  enum Trouble {
    /// A provider does not accept a key.
    KEY_REFUSED,
    /// An account is empty.
    NO_CREDIT
  }
}
