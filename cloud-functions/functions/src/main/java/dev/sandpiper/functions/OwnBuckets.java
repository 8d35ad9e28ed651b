package dev.sandpiper.functions;

import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.JoinRequest;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The deployment's two buckets: several devices share them, and the function may read and write
/// for all of them. So it is the function that sees to it that each stays with its own.
///
/// @param in bucket of the documents
/// @param out bucket of the results
record OwnBuckets(String in, String out) {

  /// Refuses a request that leads to other buckets, or from one device's document to another's
  /// results.
  void check(FunctionRequest request) {
    ObjectKeys owner = owner(request.result());
    for (Source source : sources(request)) {
      if (source instanceof Source.S3 object) {
        owner = same(owner, owner(object));
      }
    }
  }

  private static List<Source> sources(FunctionRequest request) {
    return switch (request) {
      case ParseRequest parse -> List.of(parse.document().source());
      case JoinRequest join -> join.parts();
    };
  }

  private @Nullable ObjectKeys owner(ResultTarget target) {
    return target instanceof ResultTarget.S3(String bucket, String key)
        ? owner("result", bucket, key, bucket.equals(out) && key.startsWith("out/"))
        : null;
  }

  private ObjectKeys owner(Source.S3 source) {
    String bucket = source.bucket();
    String key = source.key();
    boolean document = bucket.equals(in) && key.startsWith("in/");
    boolean part = bucket.equals(out) && key.startsWith("out/");
    return owner("source", bucket, key, document || part);
  }

  private ObjectKeys owner(String role, String bucket, String key, boolean own) {
    return ObjectKeys.owner(key)
        .filter(_ -> own)
        .orElseThrow(() ->
            RefusedException.rejected(
                RejectCode.SOURCE_REFUSED,
                "The %s s3://%s/%s is none of this deployment's: documents are s3://%s/in/<device>/…, results s3://%s/out/<device>/…. Take the buckets from the stack's outputs."
                    .formatted(role, bucket, key, in, out)));
  }

  private static ObjectKeys same(@Nullable ObjectKeys target, ObjectKeys source) {
    if (target != null && !target.equals(source)) {
      throw RefusedException.rejected(
          RejectCode.SOURCE_REFUSED,
          "The source belongs to device %s, the result to device %s. A device asks only for its own documents."
              .formatted(source.device(), target.device()));
    }
    return source;
  }
}
