package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.store.Work;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Answers to questions that always have the same one: temperature 0, no tools. The longest unused
/// go first. Emptied when a document is deleted, see the trigger beside its table.
final class AnswerCache {

  private final Database database;
  private final LlmConfig.Keeping keeping;
  private final InstantSource clock;
  private final Journal journal;

  AnswerCache(Database database, LlmConfig.Keeping keeping, InstantSource clock, Journal journal) {
    this.database = database;
    this.keeping = keeping;
    this.clock = clock;
    this.journal = journal;
  }

  /// The name that a question's answer is kept under; empty when it must be asked each time.
  Optional<String> findName(ProviderConfig provider, ModelConfig model, ChatRequest request) {
    Double temperature = request.sampling().temperature();
    boolean steady = temperature != null && temperature == 0.0 && request.tools().isEmpty();
    if (!steady || keeping.answers() == 0) {
      return Optional.empty();
    }
    Digest digest = new Digest();
    digest.add(provider.kind().name());
    digest.add(provider.name());
    digest.add(provider.baseUrl().orElse(""));
    digest.add(model.model());
    digest.add(String.valueOf(request.sampling().maxTokens()));
    digest.add(request.system());
    for (ChatMessage message : request.messages()) {
      switch (message) {
        case ChatMessage.User(String text) -> digest.add("user", text);
        case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
          digest.add("assistant", text, String.valueOf(calls.size()));
          calls.forEach(call -> digest.add(call.id(), call.tool(), call.arguments()));
        }
        case ChatMessage.ToolResult result ->
            digest.add(
                "tool",
                result.callId(),
                result.tool(),
                result.text(),
                String.valueOf(result.error()));
      }
    }
    return Optional.of(digest.hex());
  }

  /// The kept answer.
  Optional<ChatAnswer> find(String name) {
    Optional<ChatAnswer> found =
        database.read(tx ->
            tx.queryOne(
                "SELECT text, answered_as FROM model_cache WHERE hash = ?",
                row ->
                    new ChatAnswer(
                        row.text(1), List.of(), ChatAnswer.Stop.END, Usage.NONE, row.text(2)),
                name));
    if (found.isPresent()) {
      written(
          tx -> tx.update("UPDATE model_cache SET used = ? WHERE hash = ?", clock.instant(), name));
    }
    return found;
  }

  /// Keeps an answer, when it is whole and there can be room for it.
  void keep(String name, ChatAnswer answer) {
    long bytes = (long) name.length() + answer.text().getBytes(StandardCharsets.UTF_8).length;
    if (answer.stop() != ChatAnswer.Stop.END
        || !answer.calls().isEmpty()
        || bytes > keeping.answerBytes()) {
      return;
    }
    written(tx -> {
      tx.update(
          "INSERT OR REPLACE INTO model_cache (hash, text, answered_as, bytes, used)"
              + " VALUES (?, ?, ?, ?, ?)",
          name,
          answer.text(),
          answer.model(),
          bytes,
          clock.instant());
      return tidy(tx);
    });
  }

  private int tidy(Tx tx) {
    return tx.update(
        "DELETE FROM model_cache WHERE hash IN (SELECT hash FROM (SELECT hash,"
            + " row_number() OVER newest AS place, sum(bytes) OVER newest AS room"
            + " FROM model_cache WINDOW newest AS (ORDER BY used DESC, hash"
            + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))"
            + " WHERE place > ? OR room > ?)",
        keeping.answers(),
        keeping.answerBytes());
  }

  /// What cannot be written is asked again some day.
  private void written(Work<Integer> work) {
    try {
      int _ = database.writeLazily(work);
    } catch (StoreException e) {
      journal.warn("model-cache-not-written", "reason", e);
    }
  }

  /// Every part with its length, so that no two lists of parts are the same bytes.
  private static final class Digest {
    private final MessageDigest sha;

    Digest() {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java has it
      }
    }

    void add(String... parts) {
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
      }
    }

    String hex() {
      return HexFormat.of().formatHex(sha.digest());
    }
  }
}
