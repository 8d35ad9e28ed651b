package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.prompts.Prompt;
import dev.sandpiper.edge.llm.prompts.PromptException;
import dev.sandpiper.edge.llm.prompts.Prompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Has some questions answered a second time, by another model or with another version of the
/// prompt, where nobody sees it: after the answer is there, on a thread of its own, two at once at
/// most. What finds no room, or is under way when the agent stops, is dropped.
final class Comparison implements AutoCloseable {

  private static final int AT_ONCE = 2;

  private final LlmConfig llm;
  private final RouterWorld world;
  private final Prompts prompts;
  private final Asker asker;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final List<Thread> running = new ArrayList<>();
  private boolean closed;

  /// A question to answer again.
  ///
  /// @param shadowOf number of the answer that it is compared with
  record Second(ModelConfig model, Purpose purpose, ChatRequest request, long shadowOf) {}

  /// Answers it.
  @FunctionalInterface
  interface Asker {
    void ask(Second second) throws ModelException, InterruptedException;
  }

  Comparison(LlmConfig llm, RouterWorld world, Prompts prompts, Asker asker) {
    this.llm = llm;
    this.world = world;
    this.prompts = prompts;
    this.asker = asker;
  }

  /// A question has been answered.
  ///
  /// @param number of the answer in the log; 0: it could not be written
  void consider(Purpose purpose, ChatRequest request, ModelConfig by, long number) {
    if (!llm.compare().on() || number == 0 || !chosen()) {
      return;
    }
    findSecond(purpose, request, by, number).ifPresent(this::begin);
  }

  private boolean chosen() {
    synchronized (world.random()) {
      return world.random().nextDouble() < llm.compare().share();
    }
  }

  /// Empty when it would be the same question to the same model.
  private Optional<Second> findSecond(
      Purpose purpose, ChatRequest request, ModelConfig by, long number) {
    ModelConfig model = llm.compare().model().flatMap(llm::findModel).orElse(by);
    Optional<Prompt> other = llm.compare().prompt().flatMap(this::findPrompt);
    Optional<Prompt> used = findPrompt(purpose.prompt());
    boolean rephrased =
        other.isPresent()
            && used.isPresent()
            && other.get().name().equals(used.get().name())
            && !other.get().equals(used.get());
    if (rephrased) {
      return refilled(request, used.get(), other.get())
          .map(asked -> new Second(model, as(purpose, other.get().id()), asked, number));
    }
    return model.name().equals(by.name()) || llm.compare().model().isEmpty()
        ? Optional.empty()
        : Optional.of(new Second(model, purpose, request, number));
  }

  private Optional<Prompt> findPrompt(String id) {
    try {
      return prompts.find(id);
    } catch (PromptException _) {
      return Optional.empty();
    }
  }

  private static Purpose as(Purpose purpose, String prompt) {
    return new Purpose(purpose.workflow(), purpose.person(), purpose.model(), prompt);
  }

  /// The question in the words of another version: these stand in the instructions, or in the first
  /// message.
  private static Optional<ChatRequest> refilled(ChatRequest request, Prompt from, Prompt to) {
    @Nullable String system = from.findRefilled(request.system(), to).orElse(null);
    if (system != null) {
      return Optional.of(
          new ChatRequest(system, request.messages(), request.tools(), request.sampling()));
    }
    if (request.messages().getFirst() instanceof ChatMessage.User(String text)) {
      return from.findRefilled(text, to)
          .map(again -> {
            List<ChatMessage> messages = new ArrayList<>(request.messages());
            messages.set(0, new ChatMessage.User(again));
            return new ChatRequest(request.system(), messages, request.tools(), request.sampling());
          });
    }
    return Optional.empty();
  }

  private synchronized void begin(Second second) {
    if (closed || !places.tryAcquire()) {
      return;
    }
    Thread thread = Thread.ofVirtual().name("compare").unstarted(() -> run(second));
    running.add(thread);
    thread.start();
  }

  private void run(Second second) {
    try {
      asker.ask(second);
    } catch (ModelException _) {
      // The log has it, if it came to a call.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      world.journal().warn("compare-failed", "model", second.model().name(), "reason", e);
    } finally {
      synchronized (this) {
        running.remove(Thread.currentThread());
      }
      places.release();
    }
  }

  /// Ends what is under way, and waits until it has ended: the database is closed next.
  @Override
  public void close() {
    List<Thread> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running);
    }
    left.forEach(Thread::interrupt);
    try {
      for (Thread thread : left) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
