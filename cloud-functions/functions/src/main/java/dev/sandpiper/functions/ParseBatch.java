package dev.sandpiper.functions;

import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Sender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Handles the messages of one batch, one after the other, and says which shall come again.
///
/// A message is done when its reply is on the result queue: permanent refusals too, for the queue
/// would bring them back for ever. What may succeed later comes again, a little later each time;
/// the last time its failure is the reply. A message that does not say who asked cannot be
/// answered: it comes again until the queue puts it to the dead ones, where a person finds it.
///
/// @param maxReceives how often a message is delivered before the queue counts it as dead
/// @param remainingMillis time until the host ends the worker
record ParseBatch(
    ParseFunction function,
    ResultQueue results,
    JobQueue jobs,
    int maxReceives,
    LongSupplier remainingMillis) {

  /// A message is not begun with less time than this.
  static final long LEAST_MILLIS = 5_000;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  /// The ids of the messages that shall come again.
  Set<String> run(List<SqsMessage> messages) throws IOException {
    Set<String> failures = new LinkedHashSet<>();
    Map<String, Duration> delays = new HashMap<>();
    Map<String, Boolean> seen = new HashMap<>();
    for (SqsMessage message : messages) {
      if (!done(message, seen)) {
        failures.add(message.id());
        delays.put(message.receiptHandle(), delay(message.receives()));
      }
    }
    if (!delays.isEmpty()) {
      try {
        jobs.postpone(delays);
      } catch (IOException _) {
        // They come again all the same, after the queue's own time.
      }
    }
    return failures;
  }

  /// 10 s after the first delivery, twice as long after each further one, at most 5 minutes.
  static Duration delay(int receives) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.clamp(receives - 1, 0, 10));
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }

  private boolean done(SqsMessage message, Map<String, Boolean> seen) throws IOException {
    byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
    FunctionRequest request;
    try {
      request = RequestJson.read(new ByteArrayInputStream(body));
    } catch (ContractException e) {
      Optional<Sender> sender = Sender.find(new ByteArrayInputStream(body));
      return sender.isPresent()
          && send(
              sender.get().owner(),
              new ParseReply.Rejected(
                  sender.get().requestId(), e.code(), String.valueOf(e.getMessage())));
    }
    Boolean before = seen.get(request.requestId());
    if (before == null) {
      before = handled(message, request);
      seen.put(request.requestId(), before);
    }
    return before;
  }

  private boolean handled(SqsMessage message, FunctionRequest request) {
    Optional<ObjectKeys> owner =
        request.result() instanceof ResultTarget.S3 target
            ? ObjectKeys.owner(target.key())
            : Optional.empty();
    if (owner.isEmpty()) {
      return false;
    }
    boolean last = message.receives() >= maxReceives;
    long remaining = remainingMillis.getAsLong();
    if (remaining < LEAST_MILLIS) {
      return last && send(owner.get(), notBegun(request));
    }
    Answer answer = function.answer(request, remaining);
    return (last || !answer.mayHelp()) && send(owner.get(), answer.reply());
  }

  private static ParseReply notBegun(FunctionRequest request) {
    return new ParseReply.Failed(
        request.requestId(),
        FailCode.THROTTLED,
        "The function had no time left for this document, at its last delivery too. Send it again; if that repeats, raise the function's time-out or lower its batch size.");
  }

  private boolean send(ObjectKeys owner, ParseReply reply) {
    try {
      results.send(owner, reply);
      return true;
    } catch (IOException _) {
      // The result queue is unreachable: the message comes again, and its reply is made anew.
      return false;
    }
  }
}
