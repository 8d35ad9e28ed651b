package dev.sandpiper.functions;

import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.JoinRequest;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// Answers requests, whatever they hold. Safe for use by several threads.
final class ParseFunction {

  /// How long before the host's own deadline the function gives up, so that its answer is in time.
  private static final long ANSWER_MARGIN_MILLIS = 200;

  private final FunctionParts parts;
  private final AtomicBoolean warm = new AtomicBoolean();

  ParseFunction(FunctionParts parts) {
    this.parts = parts;
  }

  /// Forgets that it has worked before: the next answer counts as a cold start's.
  void cool() {
    warm.set(false);
  }

  /// Reads one request and answers it.
  ///
  /// @param remainingMillis time until the host ends the worker
  Answer answer(InputStream json, long remainingMillis) throws IOException {
    FunctionRequest request;
    try {
      request = RequestJson.read(json);
    } catch (ContractException e) {
      return Answer.of(e.toReply());
    }
    return answer(request, remainingMillis);
  }

  /// Answers one request.
  Answer answer(FunctionRequest request, long remainingMillis) {
    Stopwatch watch = new Stopwatch(parts.nanos(), !warm.getAndSet(true));
    long millis = Math.min(request.limits().wallMillis(), remainingMillis - ANSWER_MARGIN_MILLIS);
    String id = request.requestId();
    try (ScratchFolder scratch = ScratchFolder.in(parts.scratch())) {
      if (parts.buckets() != null) {
        parts.buckets().check(request);
      }
      parts.writer().check(request.result());
      RequestRun run = new RequestRun(parts, watch, scratch.path(), millis);
      return switch (request) {
        case ParseRequest parse -> run.parse(parse);
        case JoinRequest join -> run.join(join);
      };
    } catch (RefusedException e) {
      return e.toAnswer(id);
    } catch (ParseFailure e) {
      return Answer.of(reply(id, e));
    } catch (IOException | RuntimeException e) {
      return Answer.of(
          new ParseReply.Failed(
              id,
              FailCode.INTERNAL,
              "The function has a defect: "
                  + e.getClass().getSimpleName()
                  + ": "
                  + Outside.reason(e)
                  + ". Please report it with the document."));
    }
  }

  private static ParseReply reply(String id, ParseFailure e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.code()) {
      case ENCRYPTED -> new ParseReply.Rejected(id, RejectCode.ENCRYPTED, message);
      case UNSUPPORTED_TYPE -> new ParseReply.Rejected(id, RejectCode.UNSUPPORTED_TYPE, message);
      case OVER_LIMIT -> new ParseReply.Rejected(id, RejectCode.OVER_LIMIT, message);
      case UNREADABLE -> new ParseReply.Rejected(id, RejectCode.UNREADABLE, message);
      case DEADLINE -> new ParseReply.Failed(id, FailCode.DEADLINE, message);
    };
  }
}
