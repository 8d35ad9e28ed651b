package dev.sandpiper.edge.burst;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.SplitPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a backend can be asked to do. Files are the caller's: a backend reads them and leaves them
/// alone.
public sealed interface BurstTask {

  /// Unique id of this attempt.
  String requestId();

  /// The document.
  DocumentFile document();

  /// Limits the function keeps to; the backend ends the worker when the wall time is over.
  Limits limits();

  /// Parse a document or some of its pages.
  record Parse(
      String requestId,
      DocumentFile document,
      @Nullable PageRange pages,
      Set<Output> outputs,
      SplitPolicy split,
      Limits limits)
      implements BurstTask {
    public Parse {
      outputs = Set.copyOf(outputs);
    }
  }

  /// Join stored part results, in page order.
  record Join(String requestId, DocumentFile document, List<Path> parts, Limits limits)
      implements BurstTask {
    public Join {
      parts = List.copyOf(parts);
    }
  }

  /// A document on this machine.
  ///
  /// @param mediaType what the sender claimed; `null` when unknown
  record DocumentFile(
      String name, String sha256, long size, @Nullable String mediaType, Path file) {}
}
