package dev.sandpiper.functions.aws;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.functions.ObjectGoneException;
import dev.sandpiper.functions.ObjectStore;
import dev.sandpiper.functions.ObjectTooBigException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects in S3.
record S3Objects(Supplier<S3Client> s3) implements ObjectStore {

  private static final int BUFFER = 64 << 10;

  @Override
  public void get(Source.S3 object, Path file, long maxBytes) throws IOException {
    try {
      s3.get()
          .getObject(
              get -> get.bucket(object.bucket()).key(object.key()).versionId(object.versionId()),
              (response, body) -> {
                copy(response, body, file, new Bound(object, maxBytes));
                return response;
              });
    } catch (S3Exception e) {
      throw isGone(e)
          ? new ObjectGoneException("there is no " + name(object.bucket(), object.key()))
          : failure(e);
    } catch (SdkException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof ObjectTooBigException tooBig) {
          throw tooBig;
        }
      }
      throw failure(e);
    }
  }

  @Override
  public void put(Path file, ResultTarget.S3 object, ParseReply.Stored stored) throws IOException {
    String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(stored.sha256()));
    try {
      s3.get()
          .putObject(
              put ->
                  put.bucket(object.bucket())
                      .key(object.key())
                      .contentType("application/json")
                      .checksumSHA256(checksum),
              RequestBody.fromFile(file));
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private record Bound(Source.S3 object, long bytes) {
    void hold(long found) throws ObjectTooBigException {
      if (found > bytes) {
        throw new ObjectTooBigException(
            "%s has more than the %,d bytes announced."
                .formatted(name(object.bucket(), object.key()), bytes));
      }
    }
  }

  private static void copy(
      GetObjectResponse response, AbortableInputStream body, Path file, Bound bound)
      throws IOException {
    try {
      bound.hold(response.contentLength() == null ? 0 : response.contentLength());
      write(body, file, bound);
    } catch (ObjectTooBigException e) {
      body.abort();
      throw e;
    }
  }

  private static void write(AbortableInputStream body, Path file, Bound bound) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
        total += n;
        bound.hold(total);
        out.write(buffer, 0, n);
      }
    }
  }

  /// A connection that breaks in the middle of an object is worth another attempt, from the start.
  private static int read(AbortableInputStream body, byte[] buffer) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw RetryableException.create("the object's bytes broke off: " + e.getMessage(), e);
    }
  }

  private static boolean isGone(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return "NoSuchKey".equals(code) || "NoSuchVersion".equals(code);
  }

  private static String name(String bucket, String key) {
    return "s3://" + bucket + "/" + key;
  }

  private static IOException failure(SdkException e) {
    return Failures.of("S3", e);
  }
}
