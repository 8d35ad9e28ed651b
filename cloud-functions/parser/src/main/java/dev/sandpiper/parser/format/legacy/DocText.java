package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Span.Mark;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Paragraph;

/// Reads a paragraph's characters and how they are set. Of a field only its result is shown.
final class DocText {

  private static final char FIELD_BEGIN = '\u0013';
  private static final char FIELD_RESULT = '\u0014';
  private static final char FIELD_END = '\u0015';

  private final List<Span> spans = new ArrayList<>();
  private int instructions;

  private DocText() {}

  static Text read(Paragraph paragraph, ParseContext context) {
    DocText text = new DocText();
    for (int i = 0; i < paragraph.numCharacterRuns(); i++) {
      CharacterRun run = paragraph.getCharacterRun(i);
      String source = run.text();
      context.budget().spendCharacters(source.length());
      text.add(source, marks(run));
    }
    return text.build();
  }

  private void add(String source, Set<Mark> marks) {
    StringBuilder shown = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      switch (c) {
        case FIELD_BEGIN -> instructions++;
        case FIELD_RESULT, FIELD_END -> instructions = Math.max(0, instructions - 1);
        default -> {
          if (instructions == 0) {
            show(c, shown);
          }
        }
      }
    }
    if (!shown.isEmpty()) {
      spans.add(Span.of(shown.toString(), marks));
    }
  }

  private static void show(char c, StringBuilder shown) {
    switch (c) {
      case '\u000B' -> shown.append('\n');
      case '\t' -> shown.append('\t');
      case '\u001E' -> shown.append('\u2011');
      default -> {
        if (c >= ' ' && c != '\u007F') {
          shown.append(c);
        }
      }
    }
  }

  private static Set<Mark> marks(CharacterRun run) {
    EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
    mark(run.isBold(), Mark.BOLD, marks);
    mark(run.isItalic(), Mark.ITALIC, marks);
    mark(run.isStrikeThrough(), Mark.STRIKE, marks);
    mark(run.getUnderlineCode() != 0, Mark.UNDERLINE, marks);
    mark(run.isVanished(), Mark.HIDDEN, marks);
    mark(run.getSubSuperScriptIndex() == 1, Mark.SUPERSCRIPT, marks);
    mark(run.getSubSuperScriptIndex() == 2, Mark.SUBSCRIPT, marks);
    return marks;
  }

  private static void mark(boolean set, Mark mark, Set<Mark> marks) {
    if (set) {
      marks.add(mark);
    }
  }

  private Text build() {
    return new Text(spans);
  }
}
