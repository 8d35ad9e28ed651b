package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.view.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was said in each chat, as a model is shown it.
public final class Sessions {
  private static final int LONGEST_TEXT = 16_000;

  /// Kept beyond what is shown, so that not every message deletes one.
  private static final int SLACK = 20;

  private static final String ROLE = "role";
  private static final String TEXT = "text";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";
  private static final String TOOL = "tool";
  private static final String CALLS = "calls";
  private static final String ID = "id";
  private static final String ARGUMENTS = "arguments";
  private static final String ERROR = "error";

  private final Database database;
  private final int shown;

  /// @param shown most messages of a chat that a model is shown
  public Sessions(Database database, Outbox outbox, int shown) {
    this.database = database;
    this.shown = shown;
    outbox.watchMoves(Sessions::move);
  }

  /// The newest of what was said, oldest first. It begins with a person's words, and every tool
  /// call has its result: a provider refuses anything else, for ever.
  public List<ChatMessage> load(Address address) {
    List<ChatMessage> newest =
        database.read(tx ->
            tx.query(
                "SELECT content FROM sessions WHERE address=? ORDER BY id DESC LIMIT ?",
                row -> read(row.text(1)),
                address.text(),
                shown));
    return repaired(newest.reversed());
  }

  /// Adds what was said.
  public void append(Tx tx, Address address, List<ChatMessage> messages) {
    for (ChatMessage message : messages) {
      tx.insert(
          "INSERT INTO sessions (address, content) VALUES (?, ?)", address.text(), write(message));
    }
    long kept =
        tx.queryOne(
                "SELECT count(*) FROM sessions WHERE address=?",
                row -> row.number(1),
                address.text())
            .orElse(0L);
    if (kept > shown + SLACK) {
      tx.update(
          "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE address=? ORDER BY id"
              + " LIMIT ?)",
          address.text(),
          kept - shown);
    }
  }

  /// Forgets what was said in a chat.
  ///
  /// @return how many messages that were
  public int forget(Tx tx, Address address) {
    return tx.update("DELETE FROM sessions WHERE address=?", address.text());
  }

  private static void move(Tx tx, Address from, Address to) {
    tx.update("UPDATE sessions SET address=? WHERE address=?", to.text(), from.text());
  }

  /// Leaves out results without a call, calls without a result, and what comes before the first
  /// words of a person.
  static List<ChatMessage> repaired(List<ChatMessage> messages) {
    List<ChatMessage> whole = new ArrayList<>();
    int i = 0;
    while (i < messages.size()) {
      ChatMessage message = messages.get(i++);
      switch (message) {
        case ChatMessage.User user -> whole.add(user);
        case ChatMessage.Assistant assistant -> {
          Map<String, ChatMessage.ToolResult> results = new LinkedHashMap<>();
          while (i < messages.size() && messages.get(i) instanceof ChatMessage.ToolResult result) {
            results.putIfAbsent(result.callId(), result);
            i++;
          }
          exchange(whole, assistant, results);
        }
        case ChatMessage.ToolResult _ -> {}
      }
    }
    while (!whole.isEmpty() && !(whole.getFirst() instanceof ChatMessage.User)) {
      whole.removeFirst();
    }
    return whole;
  }

  private static void exchange(
      List<ChatMessage> whole,
      ChatMessage.Assistant assistant,
      Map<String, ChatMessage.ToolResult> results) {
    Map<String, ToolCall> calls = new LinkedHashMap<>();
    for (ToolCall call : assistant.calls()) {
      if (results.containsKey(call.id())) {
        calls.putIfAbsent(call.id(), call);
      }
    }
    if (calls.isEmpty() && assistant.text().isBlank()) {
      return;
    }
    whole.add(new ChatMessage.Assistant(assistant.text(), List.copyOf(calls.values())));
    results.values().stream()
        .filter(result -> calls.containsKey(result.callId()))
        .forEach(whole::add);
  }

  private static String write(ChatMessage message) {
    return Json.line(json -> {
      json.writeStartObject();
      switch (message) {
        case ChatMessage.User(String text) -> {
          json.writeStringField(ROLE, USER);
          json.writeStringField(TEXT, bounded(text));
        }
        case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
          json.writeStringField(ROLE, ASSISTANT);
          json.writeStringField(TEXT, bounded(text));
          json.writeArrayFieldStart(CALLS);
          for (ToolCall call : calls) {
            json.writeStartObject();
            json.writeStringField(ID, call.id());
            json.writeStringField(TOOL, call.tool());
            json.writeStringField(ARGUMENTS, call.arguments());
            json.writeEndObject();
          }
          json.writeEndArray();
        }
        case ChatMessage.ToolResult(String id, String tool, String text, boolean error) -> {
          json.writeStringField(ROLE, TOOL);
          json.writeStringField(ID, id);
          json.writeStringField(TOOL, tool);
          json.writeStringField(TEXT, bounded(text));
          json.writeBooleanField(ERROR, error);
        }
      }
      json.writeEndObject();
    });
  }

  private static ChatMessage read(String content) {
    JsonValue json = JsonValue.ours(content);
    String text = json.text(TEXT, "");
    return switch (json.text(ROLE, USER)) {
      case ASSISTANT ->
          new ChatMessage.Assistant(
              text,
              json.at(CALLS).items().stream()
                  .map(call ->
                      new ToolCall(
                          call.text(ID, ""), call.text(TOOL, ""), call.text(ARGUMENTS, "{}")))
                  .toList());
      case TOOL ->
          new ChatMessage.ToolResult(
              json.text(ID, ""), json.text(TOOL, ""), text, json.flag(ERROR));
      default -> new ChatMessage.User(text);
    };
  }

  private static String bounded(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
  }
}
