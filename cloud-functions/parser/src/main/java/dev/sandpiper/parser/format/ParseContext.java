package dev.sandpiper.parser.format;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reader may use while it reads one document.
public interface ParseContext {

  /// What is left of the limits.
  ParseBudget budget();

  /// The pages asked for.
  PageSelection pages();

  /// Records a warning; `place` names the page, sheet, slide or part, or is `null` for the whole
  /// document.
  void warn(String code, String message, @Nullable String place);

  /// Copies `in` to a scratch file, counting its bytes as decompressed. The file is deleted when
  /// the top-level parse ends.
  ByteSource spool(InputStream in, String name) throws IOException;

  /// Parses a document inside this one: its blocks, spans wrapped in
  /// [dev.sandpiper.parser.document.SourceSpan.Inside] with `part`, headings and depth respected. A
  /// failure becomes a warning and an empty list.
  List<Block> parseNested(ByteSource source, String part);

  /// How many documents this one is nested in; 0 at the top.
  int depth();
}
