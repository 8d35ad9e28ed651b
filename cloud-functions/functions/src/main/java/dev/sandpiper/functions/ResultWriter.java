package dev.sandpiper.functions;

import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Usage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Puts a result where the request wants it and makes the bytes of the answer.
record ResultWriter(HostRoot out, @Nullable ObjectStore objects) {

  /// Largest inline answer: Lambda's 6 MB, less some room for the envelope around it.
  static final int MOST_INLINE_BYTES = 5_900_000;

  /// Refuses a target before any work is done for it.
  void check(ResultTarget target) {
    switch (target) {
      case ResultTarget.Inline() -> {}
      case ResultTarget.File(String path) -> out.target(path);
      case ResultTarget.S3 _ -> Outside.require(objects, "result");
    }
  }

  /// Stores `reply` with its content, or keeps it inline.
  ///
  /// @return the answer: a whole reply, or an envelope that says what was stored
  Answer write(ParseReply.Parsed reply, ContentSource content, ResultTarget target, Path scratch) {
    try {
      return switch (target) {
        case ResultTarget.Inline() -> new Answer(reply, inline(reply, content), false);
        case ResultTarget.File(String path) -> {
          Path file = out.target(path);
          Path partial = file.resolveSibling(file.getFileName() + ".partial");
          ParseReply.Stored stored = store(reply, content, partial);
          Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
          yield Answer.of(withStored(reply, stored));
        }
        case ResultTarget.S3 object -> {
          Path file = scratch.resolve("result");
          ParseReply.Stored stored = store(repeatable(reply), content, file);
          Outside.require(objects, "result").put(file, object, stored);
          yield Answer.of(withStored(reply, stored));
        }
      };
    } catch (IOException e) {
      throw RefusedException.failed(
          FailCode.RESULT_UNAVAILABLE,
          "Cannot store the result: " + Outside.reason(e) + ". It is worth another try.");
    }
  }

  private static byte[] inline(ParseReply.Parsed reply, ContentSource content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ReplyJson.write(reply, content, new BoundedOutput(bytes));
    return bytes.toByteArray();
  }

  private static ParseReply.Stored store(ParseReply.Parsed reply, ContentSource content, Path file)
      throws IOException {
    MessageDigest digest = Outside.sha256();
    try (OutputStream stream =
        new BufferedOutputStream(
            new DigestOutputStream(Files.newOutputStream(file), digest), 64 << 10)) {
      ReplyJson.write(reply, content, stream);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new ParseReply.Stored(HexFormat.of().formatHex(digest.digest()), Files.size(file));
  }

  /// The reply without what differs from one run to the next. A queue may deliver a message twice:
  /// both runs store the same bytes, so that the object fits whichever reply is read first.
  private static ParseReply.Parsed repeatable(ParseReply.Parsed reply) {
    Usage own = reply.usage();
    return new ParseReply.Parsed(
        reply.requestId(),
        reply.metadata(),
        reply.pageCount(),
        reply.warnings(),
        new Usage(0, 0, own.bytesIn(), own.pages(), false),
        null);
  }

  private static ParseReply.Parsed withStored(ParseReply.Parsed reply, ParseReply.Stored stored) {
    return new ParseReply.Parsed(
        reply.requestId(),
        reply.metadata(),
        reply.pageCount(),
        reply.warnings(),
        reply.usage(),
        stored);
  }

  /// Refuses to grow beyond what an inline answer may have.
  private static final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream bytes;

    BoundedOutput(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int b) {
      room(1);
      bytes.write(b);
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      room(length);
      bytes.write(b, offset, length);
    }

    private void room(int more) {
      if (bytes.size() + more > MOST_INLINE_BYTES) {
        throw RefusedException.rejected(
            RejectCode.OVER_LIMIT,
            "The result has more than %,d bytes, too many for an inline reply. Ask for it to be stored."
                .formatted(MOST_INLINE_BYTES));
      }
    }
  }
}
