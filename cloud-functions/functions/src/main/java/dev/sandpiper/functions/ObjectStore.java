package dev.sandpiper.functions;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.io.IOException;
import java.nio.file.Path;

/// The port to S3.
public interface ObjectStore {

  /// Copies an object into `file`, which is replaced when it exists.
  ///
  /// @throws ObjectGoneException when there is no such object
  /// @throws ObjectTooBigException when it has more than `maxBytes`
  /// @throws IOException when it cannot be read now; asking again may help
  void get(Source.S3 object, Path file, long maxBytes) throws IOException;

  /// Stores `file` as an object, replacing what is there.
  ///
  /// @param stored what the file holds: the store refuses bytes that arrive as others
  /// @throws IOException when it cannot be stored now; asking again may help
  void put(Path file, ResultTarget.S3 object, ParseReply.Stored stored) throws IOException;
}
