package dev.sandpiper.functions;

import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// Handles the messages of one batch, one after the other, and says which shall come again.
///
/// A message is done when its reply is on the result queue: permanent refusals and broken bodies
/// too, for the queue would bring them back for ever. What may succeed later comes again.
///
/// @param remainingMillis time until the host ends the worker
record ParseBatch(ParseFunction function, ResultQueue results, LongSupplier remainingMillis) {

  /// A message is not begun with less time than this.
  static final long LEAST_MILLIS = 5_000;

  /// The ids of the messages that shall come again.
  Set<String> run(List<SqsMessage> messages) throws IOException {
    Set<String> failures = new LinkedHashSet<>();
    Map<String, Boolean> seen = new HashMap<>();
    for (SqsMessage message : messages) {
      if (!done(message, seen)) {
        failures.add(message.id());
      }
    }
    return failures;
  }

  private boolean done(SqsMessage message, Map<String, Boolean> seen) throws IOException {
    FunctionRequest request;
    try {
      request =
          RequestJson.read(
              new ByteArrayInputStream(message.body().getBytes(StandardCharsets.UTF_8)));
    } catch (ContractException e) {
      return send(message, e.toReply());
    }
    Boolean before = seen.get(request.requestId());
    if (before == null) {
      before = handled(message, request);
      seen.put(request.requestId(), before);
    }
    return before;
  }

  private boolean handled(SqsMessage message, FunctionRequest request) {
    if (!(request.result() instanceof ResultTarget.S3)) {
      return send(
          message,
          new ParseReply.Rejected(
              request.requestId(),
              RejectCode.SOURCE_REFUSED,
              "A request from a queue needs a result in S3: replies on a queue carry no content."));
    }
    long remaining = remainingMillis.getAsLong();
    if (remaining < LEAST_MILLIS) {
      return false;
    }
    ParseReply reply = function.answer(request, remaining).reply();
    return !(reply instanceof ParseReply.Failed) && send(message, reply);
  }

  private boolean send(SqsMessage message, ParseReply reply) {
    try {
      results.send(message.id(), reply);
      return true;
    } catch (IOException _) {
      // The result queue is unreachable: the message comes again, and its reply is made anew.
      return false;
    }
  }
}
