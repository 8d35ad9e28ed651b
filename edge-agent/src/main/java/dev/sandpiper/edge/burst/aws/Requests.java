package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Fault;
import java.nio.file.Path;

/// A task in the courier's words, and the courier's in the backend's.
final class Requests {

  private Requests() {}

  /// The request for a task.
  ///
  /// @param target where its result is to be written
  static ParseRequest request(BurstTask.Parse task, String id, Path target) {
    BurstTask.DocumentFile document = task.document();
    return new ParseRequest(
        id,
        new DocumentRef(
            document.name(),
            document.sha256(),
            document.size(),
            document.mediaType(),
            new Source.File(document.file().toAbsolutePath().toString())),
        task.pages(),
        task.outputs(),
        task.limits(),
        task.split(),
        new ResultTarget.File(target.toString()));
  }

  static Fault fault(dev.sandpiper.edge.courier.protocol.Fault fault) {
    return switch (fault) {
      case NETWORK -> Fault.NETWORK;
      case CREDENTIALS -> Fault.CREDENTIALS;
      case CLOCK -> Fault.CLOCK;
      case THROTTLED -> Fault.THROTTLED;
      case DENIED -> Fault.DENIED;
      case MISSING -> Fault.MISSING;
      case INTERNAL -> Fault.INTERNAL;
    };
  }
}
