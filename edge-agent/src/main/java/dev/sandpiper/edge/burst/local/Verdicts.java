package dev.sandpiper.edge.burst.local;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// What a worker's behaviour means in the contract's words.
record Verdicts(Worker worker, String requestId) {

  private static final int OUT_OF_MEMORY_EXIT = 3;
  private static final int SIGNALS = 128;
  private static final int SIGKILL = 9;
  private static final String OOM = "OutOfMemoryError";

  /// The reply in an answer, or what is wrong with it.
  ParseReply answered(byte[] body) {
    try {
      ParseReply reply = ReplyJson.read(new ByteArrayInputStream(body), ContentSink.IGNORE);
      return reply.requestId().equals(requestId)
          ? reply
          : nonsense("it answers request \"" + shortened(reply.requestId()) + "\"");
    } catch (ContractException | IOException e) {
      return nonsense(shortened(String.valueOf(e.getMessage())));
    }
  }

  ParseReply.Failed oversized() {
    return nonsense("it has more than " + ApiHandler.MOST_ANSWER_BYTES + " bytes");
  }

  ParseReply.Failed nonsense(String why) {
    return failed(
        FailCode.INTERNAL,
        "The worker " + worker.name() + " gave no usable reply: " + why + ". Please report it.");
  }

  ParseReply.Failed errored(String error) {
    return error.contains(OOM)
        ? outOfMemory()
        : failed(
            FailCode.INTERNAL,
            "The function ended with an error in worker "
                + worker.name()
                + ": "
                + shortened(error)
                + ". Please report it.");
  }

  ParseReply.Failed exited(int code) {
    if (code == OUT_OF_MEMORY_EXIT && worker.tail().contains(OOM)) {
      return outOfMemory();
    }
    if (code == SIGNALS + SIGKILL) {
      return failed(
          FailCode.OUT_OF_MEMORY,
          "The worker "
              + worker.name()
              + " was killed by the system, most likely for lack of memory. Use fewer workers or"
              + " free some memory.");
    }
    String how =
        code > SIGNALS ? "crashed with signal " + (code - SIGNALS) : "ended with exit code " + code;
    String last = worker.tail().lastLines();
    return failed(
        FailCode.CRASHED,
        "The worker "
            + worker.name()
            + " "
            + how
            + " without an answer"
            + (last.isEmpty() ? "" : ". Its last words: " + last)
            + ". The document can be tried again.");
  }

  private ParseReply.Failed outOfMemory() {
    return failed(
        FailCode.OUT_OF_MEMORY,
        "The worker "
            + worker.name()
            + " ran out of memory. Raise the worker's heap to parse this document.");
  }

  private ParseReply.Failed failed(FailCode code, String message) {
    return new ParseReply.Failed(requestId, code, message);
  }

  private static String shortened(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "…" : text;
  }
}
