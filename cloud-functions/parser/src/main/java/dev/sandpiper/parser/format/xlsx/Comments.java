package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.grid.CellRef;
import dev.sandpiper.parser.format.grid.SheetData;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;

/// Reads the comments on a sheet's cells.
final class Comments {

  private Comments() {}

  /// Reads a comments part; cells with a comment are noted in `sheet`.
  static List<Block> read(XmlCursor xml, String sheetName, SheetData sheet, ParseBudget budget) {
    List<Block> notes = new ArrayList<>();
    while (xml.next()) {
      if (xml.isStart("s:comment")) {
        CellRef ref = CellRef.parse(xml.attr("ref", ""));
        String text = SharedStrings.richText(xml).strip();
        budget.spendCharacters(text.length());
        if (ref != null && !text.isEmpty()) {
          String id = sheetName + "!" + ref.text();
          SourceSpan span = new SourceSpan.InSheet(sheetName, ref.text());
          sheet.noteIds().put(ref, id);
          notes.add(
              new Block.Note(
                  Block.Note.Kind.COMMENT,
                  id,
                  List.of(new Block.Paragraph(Text.of(text), span)),
                  span));
        }
      }
    }
    return notes;
  }
}
