package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Asks a model, lets it use the tools it was offered, and asks again, a bounded number of times. A
/// model that wants the same again, or does not come to an end, is stopped.
final class Asking {
  /// What a model says when it has no answer.
  static final String NOT_FOUND = "NOT_FOUND";

  /// New characters before a person is shown more.
  private static final int SHOWN_STEP = 24;

  private final Models models;
  private final Toolbox toolbox;
  private final int calls;

  Asking(Models models, Toolbox toolbox, int calls) {
    this.models = models;
    this.toolbox = toolbox;
    this.calls = calls;
  }

  /// A request and what goes with it.
  record Task(Purpose purpose, ChatRequest request, Workbench bench, Fence fence, Shown shown) {}

  /// How a person sees the answer grow.
  ///
  /// @param polish makes the words so far safe to show
  record Shown(LiveReply live, UnaryOperator<String> polish) {
    ChatListener listener() {
      return new Growing(this);
    }
  }

  /// Shows an answer from time to time while it grows.
  private static final class Growing implements ChatListener {
    private final Shown shown;
    private final StringBuilder all = new StringBuilder();
    private int last;

    Growing(Shown shown) {
      this.shown = shown;
    }

    @Override
    public void text(String more) {
      all.append(more);
      String text = all.toString();
      boolean nothing = NOT_FOUND.startsWith(text.strip()) || isNotFound(text);
      if (!nothing && all.length() - last >= SHOWN_STEP) {
        last = all.length();
        shown.live().show(shown.polish().apply(text));
      }
    }

    @Override
    public void restart() {
      all.setLength(0);
      last = 0;
    }
  }

  /// The last words of the model; empty when it had none.
  ChatAnswer run(Task task) throws ModelException, InterruptedException {
    List<ChatMessage> messages = new ArrayList<>(task.request().messages());
    ChatRequest request = task.request();
    Set<String> used = new HashSet<>();
    int last = calls;
    for (int call = 1; ; call++) {
      ChatAnswer answer = models.ask(task.purpose(), request, task.shown().listener());
      boolean wantsTools = !answer.calls().isEmpty() && !toolbox.specs().isEmpty();
      if (wantsTools && call == last) {
        task.bench().looping(answer.calls().getFirst().tool());
      }
      if (!wantsTools || call == last) {
        return answer;
      }
      if (isNothingNew(answer.calls(), used)) {
        last = Math.min(last, call + 1); // the same results would lead to the same wish
      }
      messages.add(new ChatMessage.Assistant(answer.text(), answer.calls()));
      messages.addAll(toolbox.use(answer.calls(), task.bench(), task.fence()));
      if (call == last - 1) {
        messages.add(new ChatMessage.User("Use no more tools. Answer now."));
      }
      request = new ChatRequest(request.system(), messages, request.tools(), request.sampling());
    }
  }

  /// Whether all of that was asked for before, with the same arguments; notes what was not.
  private static boolean isNothingNew(List<ToolCall> calls, Set<String> used) {
    Set<String> asked = new HashSet<>();
    calls.forEach(call -> asked.add(call.tool() + "\n" + canonical(call.arguments())));
    return !used.addAll(asked);
  }

  private static String canonical(String arguments) {
    try {
      return JsonValue.read(arguments).toString();
    } catch (IOException _) {
      return arguments;
    }
  }

  static boolean isNotFound(String text) {
    String bare = text.strip().replaceAll("[`*\".\\[\\]]", "");
    return bare.isEmpty() || bare.equals(NOT_FOUND) || bare.startsWith(NOT_FOUND + "\n");
  }
}
