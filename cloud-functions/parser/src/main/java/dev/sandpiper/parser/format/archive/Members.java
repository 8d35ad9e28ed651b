package dev.sandpiper.parser.format.archive;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The members of an archive being read: each one's blocks under a heading with its name.
final class Members {

  /// More members are counted, not read.
  private static final int MOST = 10_000;

  private static final int LONGEST_NAME = 500;

  private final ParseContext context;
  private final List<Block> blocks = new ArrayList<>();
  private int count;
  private @Nullable ParseFailure overLimit;

  Members(ParseContext context) {
    this.context = context;
  }

  /// Whether another member may be read. The first time it may not is a warning.
  boolean more() {
    context.budget().checkDeadline();
    if (isOver()) {
      return false;
    }
    if (count == MOST) {
      context.warn(
          "truncated",
          "Only the first %,d members of the archive were read.".formatted(MOST),
          null);
    }
    return count++ < MOST;
  }

  /// Whether nothing more may be read, not even to find the next member.
  boolean isOver() {
    return overLimit != null;
  }

  /// Parses a member's bytes. When all archives together hold too much, this member and those after
  /// it are left out, which is a warning.
  void add(InputStream content, String rawName) {
    String name = label(rawName);
    ByteSource source = spool(content, name);
    if (source == null) {
      return;
    }
    List<Block> parsed = context.parseNested(source, name);
    if (!parsed.isEmpty()) {
      SourceSpan span = new SourceSpan.Inside(name, SourceSpan.whole());
      int level = Math.min(6, 1 + context.depth());
      blocks.add(new Block.Heading(level, Text.of(name), span));
      blocks.addAll(parsed);
    }
  }

  private @Nullable ByteSource spool(InputStream content, String name) {
    try {
      return context.spool(content, name);
    } catch (ParseFailure e) {
      if (e.code() != ParseFailure.Code.OVER_LIMIT) {
        throw e;
      }
      overLimit = e;
      context.warn(
          "part-over-limit",
          "This member and those after it were not read. " + e.getMessage(),
          name);
      return null;
    } catch (IOException e) {
      context.warn("part-unreadable", "This member is damaged: " + Reason.of(e) + ".", name);
      return null;
    }
  }

  void encrypted(String name) {
    context.warn("part-encrypted", "This member is locked with a password.", label(name));
  }

  /// What was read.
  ///
  /// @throws ParseFailure `OVER_LIMIT` when that is nothing, because the first members were too
  ///   large
  List<Block> blocks() {
    if (blocks.isEmpty() && overLimit != null) {
      throw overLimit;
    }
    return blocks;
  }

  /// A name to show. It never becomes a path, so `..` in it is harmless.
  static String label(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length() && out.length() < LONGEST_NAME; i++) {
      char c = name.charAt(i);
      out.append(Character.isISOControl(c) ? ' ' : c == '\\' ? '/' : c);
    }
    String label = out.toString().strip();
    return label.isEmpty() ? "member" : label;
  }
}
