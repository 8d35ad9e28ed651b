package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A cloud in memory, with documents that a lost home left there.
final class TestCloud implements Workshop.CloudDesk {

  private record Stored(Workshop.CloudDocument document, String text) {}

  private final Map<String, Stored> stored = new LinkedHashMap<>();

  /// Names of documents that cannot be fetched.
  final Set<String> broken = new HashSet<>();

  /// Sent through, `true` for each direct one.
  final List<Boolean> parsed = new ArrayList<>();

  boolean denied;

  void put(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256;
    try {
      sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    stored.put(
        sha256,
        new Stored(
            new Workshop.CloudDocument("in/edge/" + sha256, sha256, bytes.length, name, null),
            text));
  }

  @Override
  public List<Workshop.CloudDocument> list() {
    return stored.values().stream().map(Stored::document).toList();
  }

  @Override
  public void fetch(Workshop.CloudDocument document, Path target) {
    if (broken.contains(document.name())) {
      throw new CliException(CliException.SOME_FAILED, "it was changed on the way");
    }
    try {
      Files.writeString(target, Objects.requireNonNull(stored.get(document.sha256())).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ParseReply parse(Path file, boolean direct) {
    if (denied && !direct) {
      throw new CliException(CliException.SOME_FAILED, "S3 says no: check the role");
    }
    parsed.add(direct);
    return parsed.size() > 3
        ? new ParseReply.Failed("r", FailCode.INTERNAL, "out of memory")
        : new ParseReply.Parsed(
            "r",
            new Metadata("text/markdown", null, List.of(), null, null, null, null, Map.of()),
            1,
            List.of(),
            new Usage(7, 1, 1, 1, parsed.size() == 1),
            null);
  }

  @Override
  public void drop(Workshop.CloudDocument document) {
    stored.remove(document.sha256());
  }

  @Override
  public void close() {}
}
