package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.health.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A look at the cloud beside the agent, or without one: it cleans up after nobody but itself.
public final class CloudShelf implements AutoCloseable {

  private final Courier courier;

  private CloudShelf(Courier courier) {
    this.courier = courier;
  }

  /// Opens the cloud.
  ///
  /// @throws CourierException when there is no way there
  public static CloudShelf open(AwsOptions options) throws CourierException, InterruptedException {
    return new CloudShelf(Courier.start(options, Courier.alone(_ -> {})));
  }

  /// Whether everything is there that a burst needs, in the order in which it matters.
  public List<CheckResult> check() throws CourierException, InterruptedException {
    return courier.check();
  }

  /// This device's documents.
  public List<CloudObject> list() throws CourierException, InterruptedException {
    return courier.list(Order.List.ALL).stream()
        .map(item ->
            new CloudObject(
                item.key(), item.size(), item.name(), item.type().isEmpty() ? null : item.type()))
        .toList();
  }

  /// Writes a document to a file and makes sure of its hash.
  ///
  /// @throws CourierException when it cannot be had, or is not what its name says
  public void fetch(CloudObject object, Path target) throws CourierException, InterruptedException {
    courier.fetch(object.key(), target);
    String sha256 = object.key().substring(object.key().lastIndexOf('/') + 1);
    try {
      if (Files.size(target) != object.size() || !Results.sha256(target).equals(sha256)) {
        Files.delete(target);
        throw new CourierException(
            Fault.MISSING,
            object.key() + " is not the document it is named after: it was changed on the way.");
      }
    } catch (IOException e) {
      throw new CourierException(
          Fault.INTERNAL, target + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /// Sends a document through the cloud, makes sure of its result, and leaves nothing of it.
  ///
  /// @param target where the result is put for that moment
  /// @throws CourierException when the cloud does not take it
  public ParseReply parse(BurstTask.Parse task, Path target, boolean direct)
      throws CourierException, InterruptedException {
    Order.Route route = direct ? Order.Route.DIRECT : Order.Route.BURST;
    Notice notice =
        courier.carry(new Order.Task(route, Requests.request(task, task.requestId(), target)));
    return switch (notice) {
      case Notice.Answer answer -> {
        courier.stored(answer.id());
        yield looked(answer, target);
      }
      case Notice.Refused refused ->
          throw new CourierException(Requests.fault(refused.fault()), refused.message());
      default -> throw new IllegalStateException("a task's end is not " + notice);
    };
  }

  private static ParseReply looked(Notice.Answer answer, Path target) throws CourierException {
    try {
      if (answer.reply() instanceof ParseReply.Parsed parsed) {
        Files.delete(Results.verified(target, answer.file(), parsed.stored()));
      }
      return answer.reply();
    } catch (IOException e) {
      throw new CourierException(
          Fault.MISSING, "A result from AWS cannot be used: " + e.getMessage() + ".");
    }
  }

  /// Removes a document.
  public void drop(CloudObject object) throws CourierException, InterruptedException {
    courier.drop(object.key());
  }

  @Override
  public void close() {
    courier.stop();
  }
}
