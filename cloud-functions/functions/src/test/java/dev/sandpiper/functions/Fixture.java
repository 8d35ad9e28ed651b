package dev.sandpiper.functions;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.detect.ContentDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// A function over real folders and an object store in memory.
final class Fixture implements ObjectStore {

  final Path in;
  final Path out;
  final Path scratch;
  final Map<String, byte[]> objects = new HashMap<>();

  /// Keys of objects that cannot be read now.
  final Set<String> throttled = new HashSet<>();

  final ParseFunction function;

  Fixture(Path folder) throws IOException {
    in = Files.createDirectories(folder.resolve("in"));
    out = Files.createDirectories(folder.resolve("out"));
    scratch = Files.createDirectories(folder.resolve("scratch"));
    function = function(this);
  }

  ParseFunction function(@org.jspecify.annotations.Nullable ObjectStore store) {
    ContentDetector detector = new ContentDetector();
    return new ParseFunction(
        new FunctionParts(
            StandardParser.create(null),
            detector::detect,
            new Rendering(),
            new DocumentFetcher(HostRoot.of(HostRoot.IN, in.toString()), store),
            new ResultWriter(HostRoot.of(HostRoot.OUT, out.toString()), store),
            null,
            scratch,
            System::nanoTime));
  }

  static ParseRequest request(String text, Source source, ResultTarget target) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ParseRequest(
        "request-1",
        new DocumentRef("note.txt", sha256(bytes), bytes.length, null, source),
        null,
        Set.of(Output.MARKDOWN, Output.CHUNKS),
        Limits.DEFAULT,
        SplitPolicy.NONE,
        target);
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Outside.sha256().digest(bytes));
  }

  @Override
  public void get(Source.S3 object, Path file, long maxBytes) throws IOException {
    if (throttled.contains(object.key())) {
      throw new IOException("slow down: " + object.key());
    }
    byte[] bytes = objects.get(object.key());
    if (bytes == null) {
      throw new ObjectGoneException("no such key: " + object.key());
    }
    Files.write(file, bytes);
  }

  @Override
  public void put(Path file, ResultTarget.S3 object, ParseReply.Stored stored) throws IOException {
    objects.put(object.key(), Files.readAllBytes(file));
  }
}
