package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ParseReply.Stored;
import dev.sandpiper.edge.courier.protocol.Notice;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where documents and results lie. Every method retries what makes sense, and ends in a
/// [CloudException] otherwise.
interface Depot {

  /// Which of the two buckets.
  enum Side {
    /// Documents.
    IN,
    /// Results.
    OUT
  }

  /// A document to be laid down.
  ///
  /// @param sha256 of its bytes; the depot refuses others
  /// @param type media type; `null` when unknown
  record Parcel(
      String key, Path file, long size, String sha256, String name, @Nullable String type) {}

  /// Lays a document down, streamed from the disk. Nothing is left of an upload that fails.
  void put(Parcel parcel);

  /// Fetches an object into a file, which appears when it is whole.
  ///
  /// @param expected what it must be
  /// @throws CloudException.Lost when it is not there or is something else, and stays so
  void get(Side side, String key, Path target, Stored expected);

  /// Fetches a document whose key names its hash.
  ///
  /// @throws CloudException.Lost as above
  void getDocument(String key, String sha256, Path target);

  /// Deletes objects, at most [#MOST_DELETED] at once; one that is not there counts as deleted.
  ///
  /// @return the keys that stay, after every retry
  List<String> delete(Side side, List<String> keys);

  /// Lists the documents below `prefix`, in pages, `limit` at most.
  void list(String prefix, int limit, Consumer<List<Notice.Item>> page);

  /// Lists the keys below `prefix`, in pages of at most [#MOST_DELETED].
  void keys(Side side, String prefix, Consumer<List<String>> page);

  /// Asks for at most one key below `prefix`: whether the bucket may be used.
  void probe(Side side, String prefix);

  /// Most keys of one deletion.
  int MOST_DELETED = 1_000;
}
