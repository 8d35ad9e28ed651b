package dev.sandpiper.parser.document;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The names by which notes and the references to them find each other. They are the same within
/// every document of its kind, so documents that become one need others.
public final class NoteIds {

  private NoteIds() {}

  /// The ids of the notes among some blocks and inside them.
  public static Set<String> of(List<Block> blocks) {
    Set<String> ids = new HashSet<>();
    collect(blocks, ids);
    return ids;
  }

  private static void collect(List<Block> blocks, Set<String> ids) {
    for (Block block : blocks) {
      switch (block) {
        case Block.Note note -> {
          ids.add(note.id());
          collect(note.content(), ids);
        }
        case Block.ListBlock list -> list.items().forEach(item -> collect(item.content(), ids));
        case Block.Table table ->
            table.rows().forEach(row -> row.cells().forEach(cell -> collect(cell.content(), ids)));
        case Block.Quote quote -> collect(quote.content(), ids);
        case Block.Heading _, Block.Paragraph _, Block.Code _, Block.Image _, Block.Rule _ -> {}
        case Block.PageBreak _ -> {}
      }
    }
  }

  /// The same blocks; notes whose ids are used already get ids of their own, and references stay
  /// with the notes they came with.
  ///
  /// @param used ids of what came before; those of `blocks` are added
  /// @param scope put before an id that is used already
  public static List<Block> apart(List<Block> blocks, Set<String> used, String scope) {
    Set<String> own = of(blocks);
    Set<String> again = new HashSet<>(own);
    again.retainAll(used);
    List<Block> apart =
        again.isEmpty() ? blocks : renamed(blocks, id -> again.contains(id) ? scope + id : id);
    own.forEach(id -> used.add(again.contains(id) ? scope + id : id));
    return apart;
  }

  /// The same blocks with the ids of notes, and the references to them, replaced.
  public static List<Block> renamed(List<Block> blocks, UnaryOperator<String> names) {
    return blocks.stream().map(block -> renamed(block, names)).toList();
  }

  private static Block renamed(Block block, UnaryOperator<String> names) {
    return switch (block) {
      case Block.Heading(int level, Text text, SourceSpan span) ->
          new Block.Heading(level, renamed(text, names), span);
      case Block.Paragraph(Text text, SourceSpan span) ->
          new Block.Paragraph(renamed(text, names), span);
      case Block.ListBlock(boolean ordered, int start, List<Block.Item> items, SourceSpan span) ->
          new Block.ListBlock(
              ordered,
              start,
              items.stream()
                  .map(item -> new Block.Item(renamed(item.content(), names), item.checked()))
                  .toList(),
              span);
      case Block.Table table -> renamed(table, names);
      case Block.Quote(List<Block> content, SourceSpan span) ->
          new Block.Quote(renamed(content, names), span);
      case Block.Note(Block.Note.Kind kind, String id, List<Block> content, SourceSpan span) ->
          new Block.Note(kind, names.apply(id), renamed(content, names), span);
      case Block.Code _, Block.Image _, Block.Rule _, Block.PageBreak _ -> block;
    };
  }

  private static Block renamed(Block.Table table, UnaryOperator<String> names) {
    Text caption = table.caption();
    List<Block.Row> rows =
        table.rows().stream()
            .map(row ->
                new Block.Row(row.cells().stream().map(cell -> renamed(cell, names)).toList()))
            .toList();
    return new Block.Table(
        caption == null ? null : renamed(caption, names), table.headerRows(), rows, table.span());
  }

  private static Block.Cell renamed(Block.Cell cell, UnaryOperator<String> names) {
    return new Block.Cell(renamed(cell.content(), names), cell.rowSpan(), cell.colSpan());
  }

  private static Text renamed(Text text, UnaryOperator<String> names) {
    if (text.spans().stream().allMatch(span -> span.noteRef() == null)) {
      return text;
    }
    return new Text(text.spans().stream().map(span -> renamed(span, names)).toList());
  }

  private static Span renamed(Span span, UnaryOperator<String> names) {
    String id = span.noteRef();
    return id == null ? span : new Span(span.text(), span.marks(), span.link(), names.apply(id));
  }
}
