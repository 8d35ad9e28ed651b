package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer while it grows, bounded in all directions. One thread makes it grow; another may look
/// at it meanwhile.
public final class Growing {

  /// Most characters of a text; the longest answer a model is asked for is far shorter.
  static final int MOST_TEXT = 1_000_000;

  /// Most characters of one call's arguments.
  static final int MOST_ARGUMENTS = 100_000;

  /// Most calls in one answer.
  static final int MOST_CALLS = 32;

  private static final int MOST_NAME = 256;

  private final ChatRequest request;
  private final ChatListener listener;
  private final StringBuilder text = new StringBuilder();
  private final List<Draft> calls = new ArrayList<>();
  private final int callsBefore;
  private String model;
  private String answerId = "";
  private long thoughts;
  private @Nullable Stop stop;
  private @Nullable Usage usage;
  private volatile boolean begun;
  private volatile long heard = System.nanoTime();

  /// @param model its id, until it names itself
  public Growing(ChatRequest request, String model, ChatListener listener) {
    this.request = request;
    this.model = model;
    this.listener = listener;
    callsBefore = Estimate.calls(request);
  }

  /// A call whose arguments come in pieces.
  public static final class Draft {
    private final String id;
    private String tool;
    private final StringBuilder arguments = new StringBuilder();

    private Draft(String id, String tool) {
      this.id = id;
      this.tool = tool;
    }

    /// Its id, the provider's or ours.
    public String id() {
      return id;
    }
  }

  /// More of the text.
  public void text(String more) throws IOException {
    if (more.isEmpty()) {
      return;
    }
    hear();
    synchronized (this) {
      if (text.length() + more.length() > MOST_TEXT) {
        throw new BrokenAnswerException("is longer than " + MOST_TEXT + " characters");
      }
      text.append(more);
    }
    listener.text(more);
  }

  /// More of what it thinks, which nobody is shown.
  public void thought(String more) {
    if (!more.isEmpty()) {
      hear();
      synchronized (this) {
        thoughts += Estimate.tokens(more);
      }
    }
  }

  /// A call begins.
  ///
  /// @param id the provider's; `null` or empty: one is made, which is no earlier one of the
  ///   conversation
  public synchronized Draft call(@Nullable String id, String tool) throws IOException {
    hear();
    if (calls.size() == MOST_CALLS) {
      throw new BrokenAnswerException("wants more than " + MOST_CALLS + " tools at once");
    }
    Draft draft = new Draft(id == null || id.isEmpty() ? freshId() : id, tool);
    if (draft.id().length() > MOST_NAME || tool.length() > MOST_NAME) {
      throw new BrokenAnswerException(
          "has a tool's name or id of more than " + MOST_NAME + " characters");
    }
    calls.add(draft);
    return draft;
  }

  private String freshId() {
    String number = Integer.toString(callsBefore + calls.size() + 1);
    return answerId.isEmpty() ? "call_" + number : "call_" + answerId + "_" + number;
  }

  /// More of a call's arguments.
  public synchronized void arguments(Draft draft, String more) throws IOException {
    hear();
    if (draft.arguments.length() + more.length() > MOST_ARGUMENTS) {
      throw new BrokenAnswerException(
          "gives a tool arguments of more than " + MOST_ARGUMENTS + " characters");
    }
    draft.arguments.append(more);
  }

  /// More of a call's tool's name.
  public synchronized void name(Draft draft, String more) throws IOException {
    if (draft.tool.length() + more.length() > MOST_NAME) {
      throw new BrokenAnswerException(
          "has a tool's name of more than " + MOST_NAME + " characters");
    }
    draft.tool += more;
  }

  /// The id it answers under.
  public synchronized void model(String id) {
    if (!id.isEmpty() && id.length() <= MOST_NAME) {
      model = id;
    }
  }

  /// The provider's id of this answer, from which ids of calls are made.
  public synchronized void answerId(String id) {
    answerId = id.length() > MOST_NAME / 2 ? "" : id.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /// Why it ended: it is whole, whatever comes after.
  public synchronized void stop(Stop why) {
    stop = why;
  }

  /// What it took, as the provider reports it; a later report counts more.
  public synchronized void usage(Usage reported) {
    usage = reported;
  }

  /// It lives, and something of it came.
  public void hear() {
    begun = true;
    heard = System.nanoTime();
  }

  /// Whether the model has said why it ended.
  public synchronized boolean finished() {
    return stop != null;
  }

  /// Whether anything has been said.
  public synchronized boolean hasContent() {
    return !text.isEmpty() || !calls.isEmpty();
  }

  /// Whether the first token is here.
  boolean begun() {
    return begun;
  }

  /// When something of it last came, by [System#nanoTime].
  long heard() {
    return heard;
  }

  /// What was used so far: what the provider reported, or an estimate.
  public synchronized Usage used() {
    long said = Estimate.tokens(text);
    for (Draft draft : calls) {
      said += Estimate.tokens(draft.tool) + Estimate.tokens(draft.arguments);
    }
    Usage reported = usage;
    if (reported == null) {
      return new Usage(Estimate.input(request), 0, 0, said + thoughts, thoughts, false);
    }
    // A report in the middle knows what went in, and less than all that came out.
    return reported.complete()
        ? reported
        : new Usage(
            reported.input() > 0 ? reported.input() : Estimate.input(request),
            reported.cachedInput(),
            reported.cacheWrites(),
            Math.max(reported.output(), said + thoughts),
            reported.reasoning(),
            false);
  }

  /// The answer, when it is whole.
  ///
  /// @throws BrokenAnswerException when it is not
  public synchronized ChatAnswer whole() throws BrokenAnswerException {
    Stop why = stop;
    if (why == null) {
      throw new BrokenAnswerException("broke off before its end");
    }
    // An answer that was cut, or refused, calls nothing: half of its calls may be missing.
    List<ToolCall> wanted = why == Stop.LENGTH || why == Stop.REFUSED ? List.of() : toolCalls();
    if (why == Stop.END || why == Stop.TOOLS) {
      why = wanted.isEmpty() ? Stop.END : Stop.TOOLS;
    }
    return new ChatAnswer(text.toString(), wanted, why, used(), model);
  }

  private List<ToolCall> toolCalls() throws BrokenAnswerException {
    List<ToolCall> wanted = new ArrayList<>();
    for (Draft draft : calls) {
      String arguments = draft.arguments.toString().isBlank() ? "{}" : draft.arguments.toString();
      try {
        if (!(JsonValue.read(arguments) instanceof JsonValue.Fields)) {
          throw new BrokenAnswerException("gives a tool arguments that are no JSON object");
        }
      } catch (BrokenAnswerException e) {
        throw e;
      } catch (IOException _) {
        throw new BrokenAnswerException("gives a tool arguments that are no JSON");
      }
      wanted.add(new ToolCall(draft.id, draft.tool, arguments));
    }
    return wanted;
  }
}
