package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ObjectKeys.CloudRequest;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.edge.courier.protocol.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;

/// What a message of the results queue means, and what is done about it.
///
/// | message | done |
/// |---|---|
/// | of an open task, parsed | the object is fetched and checked, then the task is answered |
/// | of an open task, anything else | the task is answered |
/// | of a task that is answered or being fetched | noted, deleted with the task |
/// | of no open task (earlier life, late, duplicate) | message, object and document are deleted, but for those of a lost agent |
/// | its object is missing or wrong, after retries | the task fails as `result-unavailable` |
/// | no reply, or no id of this kind | deleted: it would come for ever |
final class Results {

  private final ObjectKeys keys;
  private final Register register;
  private final Sweeper sweeper;
  private final Depot depot;
  private final Pace downloads;
  private final Meter meter;

  Results(ObjectKeys keys, Register register, Sweeper sweeper, Fetching fetching, Meter meter) {
    this.keys = keys;
    this.register = register;
    this.sweeper = sweeper;
    this.depot = fetching.depot();
    this.downloads = fetching.pace();
    this.meter = meter;
  }

  /// Where results are fetched, and how many at once.
  record Fetching(Depot depot, Pace pace) {}

  /// Handles one message to its end.
  void handle(Post.Delivery message) throws InterruptedException {
    Optional<ParseReply> reply = read(message);
    Optional<CloudRequest> request = reply.flatMap(r -> CloudRequest.find(r.requestId()));
    if (reply.isEmpty() || request.isEmpty()) {
      System.err.println(
          "courier: a message of the results queue is none of Sandpiper's and is deleted: "
              + start(message.body()));
      sweeper.message(message.receipt());
      return;
    }
    boolean stored = reply.get() instanceof ParseReply.Parsed parsed && parsed.stored() != null;
    Ticket ticket = register.find(request.get().requestId());
    if (ticket == null || !ticket.cloud().equals(request.get())) {
      register.sweep(request.get(), message, stored);
      return;
    }
    Optional<Ticket> mine = register.claim(ticket, message, stored);
    if (mine.isPresent()) {
      finish(mine.get(), reply.get());
    }
  }

  private static Optional<ParseReply> read(Post.Delivery message) {
    try {
      return Optional.of(
          ReplyJson.read(
              new ByteArrayInputStream(message.body().getBytes(StandardCharsets.UTF_8)),
              ContentSink.IGNORE));
    } catch (ContractException | IOException _) {
      return Optional.empty(); // said by the caller
    }
  }

  private static String start(String body) {
    return body.length() <= 80 ? body : body.substring(0, 80) + "…";
  }

  /// Fetches what belongs to the reply of a task and tells the agent.
  void finish(Ticket ticket, ParseReply reply) throws InterruptedException {
    if (!(reply instanceof ParseReply.Parsed parsed)) {
      register.answer(ticket, Replies.withId(reply, ticket.id()), null);
      return;
    }
    meter.used(Replies.gbMillis(parsed));
    ParseReply.Stored stored = parsed.stored();
    if (stored == null) {
      unavailable(ticket, "The function answered without saying where the result is.");
      return;
    }
    try {
      String key = keys.result(ticket.cloud());
      downloads.run(() -> {
        depot.get(Depot.Side.OUT, key, ticket.target(), stored);
        return key;
      });
      tell(ticket, Replies.withId(parsed, ticket.id()));
    } catch (CloudException.Lost e) {
      unavailable(ticket, e.words());
    } catch (CloudException e) {
      register.refuse(ticket, e);
    } catch (RuntimeException e) {
      register.refuse(
          ticket,
          new CloudException(Fault.INTERNAL, "A result could not be handled: " + e + ".", e));
    }
  }

  /// Tells the agent what lies in the task's file; when it does not want it any more, the file
  /// goes.
  private void tell(Ticket ticket, ParseReply reply) {
    if (!register.answer(ticket, reply, ticket.target())) {
      try {
        Files.deleteIfExists(ticket.target());
      } catch (IOException e) {
        throw Downloads.disk(e);
      }
    }
  }

  /// A whole reply, with its content, that came in an answer: it becomes the file it would have
  /// been in the cloud.
  void keep(Ticket ticket, ParseReply.Parsed parsed, byte[] whole) {
    Path part = ticket.target().resolveSibling(ticket.target().getFileName() + ".part");
    try {
      Files.write(part, whole);
      Files.move(
          part,
          ticket.target(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      register.refuse(ticket, Downloads.disk(e));
      return;
    }
    String hash = HexFormat.of().formatHex(Downloads.sha256().digest(whole));
    tell(
        ticket, Replies.withStored(parsed, ticket.id(), new ParseReply.Stored(hash, whole.length)));
  }

  private void unavailable(Ticket ticket, String why) {
    register.answer(
        ticket, new ParseReply.Failed(ticket.id(), FailCode.RESULT_UNAVAILABLE, why), null);
  }
}
