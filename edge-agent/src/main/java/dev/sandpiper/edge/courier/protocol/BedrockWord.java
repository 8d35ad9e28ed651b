package dev.sandpiper.edge.courier.protocol;

/// Names of the fields in which the agent and its process for Bedrock speak: one JSON object a
/// line, after the first line, which is [Order.Open].
///
/// Down: `{ask, model, question}` and `{cancel}`, both by a question's id. Up: `{id, …}` with more
/// of the answer, until one with `end` or `error`.
public final class BedrockWord {
  public static final String ASK = "ask";
  public static final String CANCEL = "cancel";
  public static final String MODEL = "model";
  public static final String QUESTION = "question";

  public static final String SYSTEM = "system";
  public static final String MESSAGES = "messages";
  public static final String ROLE = "role";
  public static final String CONTENT = "content";
  public static final String INPUT = "input";
  public static final String RESULT = "result";
  public static final String FAILED = "failed";
  public static final String TOOLS = "tools";
  public static final String DESCRIPTION = "description";
  public static final String SCHEMA = "schema";
  public static final String MAX_TOKENS = "maxTokens";
  public static final String TEMPERATURE = "temperature";

  public static final String ID = "id";
  public static final String TEXT = "text";
  public static final String THOUGHT = "thought";
  public static final String CALL = "call";
  public static final String TOOL = "tool";
  public static final String ARGUMENTS = "arguments";
  public static final String BLOCK = "block";
  public static final String STOP = "stop";
  public static final String USAGE = "usage";
  public static final String CACHE_READS = "cacheReads";
  public static final String CACHE_WRITES = "cacheWrites";
  public static final String OUTPUT = "output";
  public static final String END = "end";
  public static final String ERROR = "error";
  public static final String STATUS = "status";
  public static final String CODE = "code";
  public static final String MESSAGE = "message";
  public static final String RETRY_AFTER = "retryAfter";
  public static final String BEGUN = "begun";
  public static final String UNSENT = "unsent";
  public static final String TIMEOUT = "timeout";

  private BedrockWord() {}
}
