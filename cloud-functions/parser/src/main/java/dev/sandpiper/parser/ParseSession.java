package dev.sandpiper.parser;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Nested;
import dev.sandpiper.parser.document.NoteIds;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseBudget;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseWarning;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The context of one top-level parse: budget, warnings and scratch files, shared with everything
/// nested in it.
final class ParseSession implements ParseContext, AutoCloseable {

  private static final int MOST_WARNINGS = 200;
  private static final int COPY_BUFFER = 64 << 10;

  private final DocumentParser parser;
  private final ParseOptions options;
  private final ParseBudget budget;
  private final List<ParseWarning> warnings = new ArrayList<>();
  private final List<Path> scratchFiles = new ArrayList<>();
  private String partPrefix = "";
  private int depth;
  private int documents;

  ParseSession(DocumentParser parser, ParseOptions options) {
    this.parser = parser;
    this.options = options;
    this.budget = new ParseBudget(options.limits(), options.deadlinePassed());
  }

  List<ParseWarning> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public ParseBudget budget() {
    return budget;
  }

  @Override
  public PageSelection pages() {
    return depth == 0 ? options.pages() : PageSelection.ALL;
  }

  @Override
  public void warn(String code, String message, @Nullable String place) {
    if (warnings.size() == MOST_WARNINGS) {
      warnings.add(
          new ParseWarning("more-warnings", "There were more warnings than are kept.", null));
    }
    if (warnings.size() > MOST_WARNINGS) {
      return;
    }
    String where =
        place == null ? partPrefix : partPrefix.isEmpty() ? place : partPrefix + ": " + place;
    warnings.add(new ParseWarning(code, message, where.isEmpty() ? null : where));
  }

  @Override
  public ByteSource spool(InputStream in, String name) throws IOException {
    Path file = Files.createTempFile(options.scratch(), "part", null);
    scratchFiles.add(file);
    byte[] buffer = new byte[COPY_BUFFER];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        budget.spendDecompressed(n);
        budget.checkDeadline();
        out.write(buffer, 0, n);
      }
    }
    return new ByteSource(file, name);
  }

  @Override
  public List<Block> parseNested(ByteSource source, String part) {
    String outerPrefix = partPrefix;
    partPrefix = outerPrefix.isEmpty() ? part : outerPrefix + "/" + part;
    depth++;
    try {
      budget.requireDepth(depth);
      if (source.size() == 0) {
        return List.of();
      }
      Format format = parser.detect(source);
      String scope = "part" + ++documents + "-";
      List<Block> blocks = parser.reader(format, source).parse(source, format, this).blocks();
      return Nested.wrap(part, apart(blocks, scope));
    } catch (ParseFailure e) {
      return failedPart(e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      warn("part-unreadable", "This part cannot be read: " + Reason.of(e) + ".", null);
      return List.of();
    } finally {
      depth--;
      partPrefix = outerPrefix;
    }
  }

  /// Notes are numbered from the start in every document.
  private static List<Block> apart(List<Block> blocks, String scope) {
    return NoteIds.of(blocks).isEmpty() ? blocks : NoteIds.renamed(blocks, id -> scope + id);
  }

  private List<Block> failedPart(ParseFailure e) {
    if (e.code() == ParseFailure.Code.DEADLINE) {
      throw e;
    }
    String code =
        switch (e.code()) {
          case ENCRYPTED -> "part-encrypted";
          case UNSUPPORTED_TYPE -> "part-unsupported";
          case OVER_LIMIT -> "part-over-limit";
          case UNREADABLE, DEADLINE -> "part-unreadable";
        };
    warn(code, String.valueOf(e.getMessage()), null);
    return List.of();
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public void close() throws IOException {
    for (Path file : scratchFiles) {
      Files.deleteIfExists(file);
    }
  }
}
