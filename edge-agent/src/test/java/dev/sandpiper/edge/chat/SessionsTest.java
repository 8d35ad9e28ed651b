package dev.sandpiper.edge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatMessage.Assistant;
import dev.sandpiper.edge.llm.ChatMessage.ToolResult;
import dev.sandpiper.edge.llm.ChatMessage.User;
import dev.sandpiper.edge.llm.ToolCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class SessionsTest {
  private static final Address CHAT = new Address("loop", "1");
  private static final ToolCall FIND = new ToolCall("c1", "find", "{\"query\":\"tax\"}");
  private static final ToolCall OPEN = new ToolCall("c2", "open", "{}");

  @TempDir Path home;

  private ChatRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = ChatRig.open(home, new LoopChannel("loop", true));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whatWasSaidComesBackAsItWas() {
    List<ChatMessage> said =
        List.of(
            new User("What do I owe?"),
            new Assistant("", List.of(FIND)),
            new ToolResult("c1", "find", "…", false),
            new Assistant("42 €.", List.of()));
    append(said);
    assertThat(rig.sessions.load(CHAT)).isEqualTo(said);
    assertThat(rig.sessions.load(new Address("loop", "2"))).isEmpty();
    int gone = rig.rig.database.write(tx -> rig.sessions.forget(tx, CHAT));
    assertThat(gone).isEqualTo(4);
    assertThat(rig.sessions.load(CHAT)).isEmpty();
  }

  @Test
  void callsWithoutResultsAndResultsWithoutCallsAreLeftOut() {
    append(
        List.of(
            new ToolResult("c0", "find", "whose call was cut off", false),
            new Assistant("cut off", List.of()),
            new User("question"),
            new Assistant("let me see", List.of(FIND, OPEN)),
            new ToolResult("c2", "open", "opened", false),
            new ToolResult("c2", "open", "twice", false),
            new ToolResult("c9", "open", "nobody asked", true),
            new User("and?"),
            new Assistant("", List.of(FIND)),
            new User("hello?")));
    assertThat(rig.sessions.load(CHAT))
        .containsExactly(
            new User("question"),
            new Assistant("let me see", List.of(OPEN)),
            new ToolResult("c2", "open", "opened", false),
            new User("and?"),
            new User("hello?"));
  }

  @Test
  void whateverIsMissingAProviderTakesTheRest() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<ChatMessage> messages = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        messages.add(
            switch (random.nextInt(4)) {
              case 0 -> new User("u" + i);
              case 1 -> new Assistant(random.nextBoolean() ? "a" + i : "", List.of());
              case 2 ->
                  new Assistant("", List.of(new ToolCall("c" + random.nextInt(4), "t", "{}")));
              default -> new ToolResult("c" + random.nextInt(4), "t", "r", false);
            });
      }
      Collections.shuffle(messages, random);
      assertThat(Sessions.repaired(messages)).as("seed %d", seed).satisfies(SessionsTest::isWhole);
    }
  }

  private static void isWhole(List<? extends ChatMessage> messages) {
    assertThat(messages.isEmpty() || messages.getFirst() instanceof User).isTrue();
    List<String> owed = new ArrayList<>();
    for (ChatMessage message : messages) {
      switch (message) {
        case User _ -> assertThat(owed).isEmpty();
        case Assistant assistant -> {
          assertThat(owed).isEmpty();
          assistant.calls().forEach(call -> owed.add(call.id()));
          assertThat(assistant.text().isBlank() && owed.isEmpty()).isFalse();
        }
        case ToolResult result -> assertThat(owed.remove(result.callId())).isTrue();
      }
    }
    assertThat(owed).isEmpty();
  }

  @Test
  void onlyTheNewestIsKeptAndNothingIsLongerThanItsBound() {
    for (int i = 0; i < 100; i++) {
      append(List.of(new User("question " + i), new Assistant("x".repeat(20_000), List.of())));
    }
    List<ChatMessage> loaded = rig.sessions.load(CHAT);
    assertThat(loaded).hasSize(40);
    assertThat(loaded.getLast()).isEqualTo(new Assistant("x".repeat(16_000) + "…", List.of()));
    long kept =
        rig.rig.database.<Long>read(
            tx -> tx.queryOne("SELECT count(*) FROM sessions", row -> row.number(1)).orElseThrow());
    assertThat(kept).isLessThanOrEqualTo(60);
  }

  private void append(List<ChatMessage> said) {
    rig.rig.database.<Integer>write(tx -> {
      rig.sessions.append(tx, CHAT, said);
      return 0;
    });
  }
}
