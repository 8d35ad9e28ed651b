package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered from one life of the agent to the next: the session and how far its events
/// are taken, and the last message seen in each chat. Written lazily, and only after what it counts
/// as taken is on the disk: a power cut makes it ask again for what it has.
final class Memory {

  private static final int MOST_CHATS = 200;

  private final Database database;
  private final String bot;
  private @Nullable Session session;
  private String self = "";
  private String application = "";
  private String commands = "";
  private boolean behind;
  private int unsaved;
  private final Map<String, Chat> chats = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Chat> changed = new HashMap<>();

  /// A session of the gateway.
  ///
  /// @param seq of the last event that is taken
  /// @param url where it is resumed
  record Session(String id, long seq, String url) {}

  /// A chat somebody spoke in who was let in.
  ///
  /// @param last id of the last message seen
  /// @param group whether it is a server's channel
  record Chat(String id, String last, boolean group) {}

  /// @param bot tells this bot from another that was here before
  Memory(Database database, String bot) {
    this.database = database;
    this.bot = bot;
    database.<@Nullable Void>read(tx -> {
      load(tx);
      return null;
    });
    // Without a session events were missed; with one it turns out when it is resumed.
    behind = session == null;
  }

  private void load(Tx tx) {
    tx.each(
        "SELECT session, seq, url, self, application, commands FROM discord_session WHERE bot = ?",
        row -> {
          String id = row.nullableText(1);
          String url = row.nullableText(3);
          session = id == null || url == null ? null : new Session(id, row.number(2), url);
          self = row.text(4);
          application = row.text(5);
          commands = row.text(6);
          return false;
        },
        bot);
    tx.each(
        "SELECT chat, last, grouped FROM discord_chats ORDER BY used, chat",
        row -> {
          chats.put(row.text(1), new Chat(row.text(1), row.text(2), row.number(3) != 0));
          return true;
        });
  }

  synchronized @Nullable Session session() {
    return session;
  }

  /// The bot's own user id; empty before its first session.
  synchronized String self() {
    return self;
  }

  synchronized String application() {
    return application;
  }

  /// Whether messages may have been missed that no session will bring.
  synchronized boolean isBehind() {
    return behind;
  }

  /// A new session begins; it is saved when what was missed before it is here.
  synchronized void begin(Session begun, String selfId, String applicationId) {
    session = begun;
    self = selfId;
    application = applicationId;
    behind = true;
  }

  /// The session cannot be resumed.
  synchronized void forgetSession() {
    session = null;
    behind = true;
  }

  /// Nothing is missing any more.
  synchronized void caughtUp() {
    behind = false;
    save();
  }

  /// An event is taken.
  ///
  /// @param kept whether anything of it was kept
  synchronized void taken(long seq, boolean kept) {
    Session current = session;
    if (current != null && seq > current.seq()) {
      session = new Session(current.id(), seq, current.url());
    }
    unsaved++;
    if (kept || unsaved >= 100) {
      save();
    }
  }

  /// A message was seen.
  ///
  /// @param letIn whether its sender was: others do not make a chat known
  synchronized void seen(String chat, String message, boolean group, boolean letIn) {
    Chat known = chats.get(chat);
    if (known == null ? letIn : isLater(message, known.last())) {
      Chat now = new Chat(chat, message, group);
      chats.put(chat, now);
      changed.put(chat, now);
    }
  }

  /// Ids grow with time.
  static boolean isLater(String id, String other) {
    return id.length() == other.length() ? id.compareTo(other) > 0 : id.length() > other.length();
  }

  synchronized List<Chat> chats() {
    return List.copyOf(chats.values());
  }

  /// Whether these commands are the ones registered last.
  synchronized boolean hasCommands(String hash) {
    return commands.equals(hash);
  }

  synchronized void commands(String hash) {
    commands = hash;
    save();
  }

  /// Writes everything down, unless messages are missing: then the next start must ask for them,
  /// which it does when it cannot resume.
  synchronized void save() {
    unsaved = 0;
    Session current = behind ? null : session;
    Map<String, Chat> dirty = Map.copyOf(changed);
    database.<@Nullable Void>writeLazily(tx -> {
      write(tx, current, dirty);
      return null;
    });
    changed.clear();
    while (chats.size() > MOST_CHATS) {
      chats.remove(chats.keySet().iterator().next());
    }
  }

  private void write(Tx tx, @Nullable Session current, Map<String, Chat> dirty) {
    tx.update(
        "INSERT OR REPLACE INTO discord_session (one, bot, session, seq, url, self, application,"
            + " commands) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        bot,
        current == null ? null : current.id(),
        current == null ? 0L : current.seq(),
        current == null ? null : current.url(),
        self,
        application,
        commands);
    for (Chat chat : dirty.values()) {
      tx.update(
          "INSERT OR REPLACE INTO discord_chats (chat, last, grouped, used) VALUES (?, ?, ?,"
              + " (SELECT coalesce(max(used), 0) + 1 FROM discord_chats))",
          chat.id(),
          chat.last(),
          chat.group());
    }
    if (!dirty.isEmpty()) {
      tx.update(
          "DELETE FROM discord_chats WHERE chat NOT IN (SELECT chat FROM discord_chats ORDER BY"
              + " used DESC LIMIT ?)",
          MOST_CHATS);
    }
  }
}
