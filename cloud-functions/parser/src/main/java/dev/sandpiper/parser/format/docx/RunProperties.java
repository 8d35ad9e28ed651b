package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a run is set: marks switched on, marks switched off, the rest inherited.
///
/// @param deletedMark whether the run's paragraph mark was deleted by a tracked change
record RunProperties(Set<Span.Mark> on, Set<Span.Mark> off, boolean deletedMark) {

  static final RunProperties NONE = new RunProperties(Set.of(), Set.of(), false);

  /// Reads an `rPr` element to its end, the character style it names included.
  static RunProperties read(XmlCursor xml, @Nullable Styles styles) {
    EnumSet<Span.Mark> on = EnumSet.noneOf(Span.Mark.class);
    EnumSet<Span.Mark> off = EnumSet.noneOf(Span.Mark.class);
    RunProperties style = NONE;
    boolean deleted = false;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      String name = xml.name();
      switch (name) {
        case "w:rStyle" -> {
          if (styles != null) {
            style = styles.character(xml.attr("w:val", ""));
          }
        }
        case "w:vertAlign" -> vertical(xml.attr("w:val", ""), on, off);
        case "w:u" -> (OnOff.of(xml) ? on : off).add(Span.Mark.UNDERLINE);
        case "w:del" -> deleted = true;
        case "w:rPrChange" -> xml.skip();
        default -> {
          Span.Mark mark = mark(name);
          if (mark != null) {
            (OnOff.of(xml) ? on : off).add(mark);
          }
        }
      }
    }
    if (on.isEmpty() && off.isEmpty() && !deleted) {
      return style;
    }
    return style.under(new RunProperties(Set.copyOf(on), Set.copyOf(off), deleted));
  }

  private static void vertical(String value, Set<Span.Mark> on, Set<Span.Mark> off) {
    switch (value) {
      case "superscript" -> on.add(Span.Mark.SUPERSCRIPT);
      case "subscript" -> on.add(Span.Mark.SUBSCRIPT);
      default -> {
        off.add(Span.Mark.SUPERSCRIPT);
        off.add(Span.Mark.SUBSCRIPT);
      }
    }
  }

  private static Span.@Nullable Mark mark(String name) {
    return switch (name) {
      case "w:b" -> Span.Mark.BOLD;
      case "w:i" -> Span.Mark.ITALIC;
      case "w:strike", "w:dstrike" -> Span.Mark.STRIKE;
      case "w:vanish", "w:specVanish" -> Span.Mark.HIDDEN;
      default -> null;
    };
  }

  /// This as the base of `nearer`, which wins where it says anything.
  RunProperties under(RunProperties nearer) {
    if (equals(NONE)) {
      return nearer;
    }
    if (nearer.equals(NONE)) {
      return this;
    }
    EnumSet<Span.Mark> merged = EnumSet.noneOf(Span.Mark.class);
    merged.addAll(on);
    merged.removeAll(nearer.off);
    merged.addAll(nearer.on);
    EnumSet<Span.Mark> without = EnumSet.noneOf(Span.Mark.class);
    without.addAll(off);
    without.removeAll(nearer.on);
    without.addAll(nearer.off);
    return new RunProperties(Set.copyOf(merged), Set.copyOf(without), nearer.deletedMark);
  }

  /// The same with a mark on.
  RunProperties with(Span.Mark mark) {
    return under(new RunProperties(Set.of(mark), Set.of(), deletedMark));
  }
}
