package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/// Reads a page's annotations: links, what is filled into form fields, typewriter text and
/// comments. None of these is part of the page's content.
final class Annotations {

  private static final int MOST = 5_000;
  private static final int DEEPEST_FIELD = 10;
  private static final int MOST_TEXT = 100_000;
  private static final int HIDDEN = 2;
  private static final int PUSH_BUTTON = 1 << 16;
  private static final int PASSWORD = 1 << 13;
  private static final float LARGEST_TEXT = 12;
  private static final float TEXT_SHARE = 0.8f;
  private static final float PER_LINE = 1.2f;

  /// A link's area and target.
  record Link(Box box, String target) {}

  private final PageFrame frame;
  private final List<Link> links = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final List<PageItem.Comment> comments = new ArrayList<>();

  private Annotations(PageFrame frame) {
    this.frame = frame;
  }

  static Annotations of(COSDictionary page, PageFrame frame) {
    Annotations annotations = new Annotations(frame);
    if (page.getDictionaryObject(COSName.ANNOTS) instanceof COSArray array) {
      Set<COSBase> seen = new HashSet<>();
      for (int i = 0; i < Math.min(array.size(), MOST); i++) {
        if (array.getObject(i) instanceof COSDictionary annotation && seen.add(annotation)) {
          annotations.read(annotation);
        }
      }
    }
    return annotations;
  }

  List<Link> links() {
    return links;
  }

  /// Words of fields and typewriter text.
  List<Word> words() {
    return words;
  }

  List<PageItem.Comment> comments() {
    return comments;
  }

  private void read(COSDictionary annotation) {
    String subtype = annotation.getNameAsString(COSName.SUBTYPE);
    COSArray rect = annotation.getCOSArray(COSName.RECT);
    if (subtype == null
        || rect == null
        || rect.size() < 4
        || (annotation.getInt(COSName.F, 0) & HIDDEN) != 0) {
      return;
    }
    Box box = frame.box(new PDRectangle(rect));
    switch (subtype) {
      case "Link" -> readLink(annotation, box);
      case "Widget" -> readField(annotation, box);
      case "FreeText" -> addText(contents(annotation), box);
      case "Text", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Stamp" ->
          readComment(annotation, box);
      default -> {}
    }
  }

  private void readLink(COSDictionary annotation, Box box) {
    COSDictionary action = annotation.getCOSDictionary(COSName.A);
    if (action != null && action.getDictionaryObject(COSName.URI) instanceof COSString uri) {
      String target = Characters.clean(uri.getString()).strip();
      if (!target.isEmpty() && target.length() <= 4_096) {
        links.add(new Link(box, target));
      }
    }
  }

  private void readComment(COSDictionary annotation, Box box) {
    String text = contents(annotation);
    if (!text.isBlank()) {
      String author = annotation.getString(COSName.T);
      comments.add(
          new PageItem.Comment(
              Hundredths.round(box), author == null ? "" : Characters.clean(author), text));
    }
  }

  private void readField(COSDictionary widget, Box box) {
    String type = inherited(widget, COSName.FT) instanceof COSName name ? name.getName() : "";
    int flags =
        inherited(widget, COSName.FF) instanceof org.apache.pdfbox.cos.COSNumber number
            ? number.intValue()
            : 0;
    COSBase value = inherited(widget, COSName.V);
    switch (type) {
      case "Tx" -> {
        if ((flags & PASSWORD) == 0) {
          addText(text(value), box);
        }
      }
      case "Ch" -> addText(text(value), box);
      case "Btn" -> {
        if ((flags & PUSH_BUTTON) == 0) {
          addText(isOn(widget) ? "☒" : "☐", box);
        }
      }
      default -> {}
    }
  }

  private static boolean isOn(COSDictionary widget) {
    String state = widget.getNameAsString(COSName.AS);
    return state != null && !state.equals("Off");
  }

  private static @Nullable COSBase inherited(COSDictionary widget, COSName key) {
    COSDictionary field = widget;
    for (int i = 0; i < DEEPEST_FIELD && field != null; i++) {
      COSBase value = field.getDictionaryObject(key);
      if (value != null) {
        return value;
      }
      field = field.getCOSDictionary(COSName.PARENT);
    }
    return null;
  }

  private static String text(@Nullable COSBase value) {
    return switch (value) {
      case COSString string -> clean(string.getString());
      case COSStream stream -> stream.getLength() > MOST_TEXT ? "" : clean(stream.toTextString());
      case COSArray array -> {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < Math.min(array.size(), MOST); i++) {
          if (array.getObject(i) instanceof COSString string) {
            parts.add(clean(string.getString()));
          }
        }
        yield String.join(", ", parts);
      }
      case null, default -> "";
    };
  }

  private static String contents(COSDictionary annotation) {
    String contents = annotation.getString(COSName.CONTENTS);
    return contents == null ? "" : clean(contents);
  }

  private static String clean(String text) {
    String limited = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    StringBuilder clean = new StringBuilder();
    for (String line : limited.lines().toList()) {
      String stripped = Characters.clean(line).strip();
      if (!stripped.isEmpty()) {
        clean.append(clean.isEmpty() ? "" : "\n").append(stripped);
      }
    }
    return clean.toString();
  }

  private void addText(String text, Box box) {
    if (text.isBlank() || !frame.shows(box.left(), box.top())) {
      return;
    }
    List<String> lines = text.lines().toList();
    float height = Math.max(box.bottom() - box.top(), 1);
    float size = Math.clamp(height * TEXT_SHARE / lines.size(), 1, LARGEST_TEXT);
    float pitch = Math.min(size * PER_LINE, height / lines.size());
    float middle = (box.top() + box.bottom()) / 2;
    float top = lines.size() == 1 ? middle - size / 2 : box.top();
    for (int i = 0; i < lines.size(); i++) {
      float y = top + i * pitch;
      Box place = new Box(box.left(), y, box.right(), y + size);
      words.add(new Word(lines.get(i), place, y + size * TEXT_SHARE, size, 0, null, false));
    }
  }
}
