package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The styles of a document, with what they inherit.
final class Styles {

  private static final int NOT_SET = -1;

  /// What a style comes to.
  ///
  /// @param heading outline level 1 to 9; 0 for body text
  /// @param numId its list; `null` when it has none
  record Resolved(
      String name, int heading, Role role, @Nullable String numId, int level, RunProperties run) {}

  /// What a paragraph of the style is, by the style's or an ancestor's name.
  enum Role {
    NONE,
    TITLE,
    QUOTE,
    CODE,
    CAPTION,
    LIST_CONTINUATION
  }

  private static final class Style {
    private String name = "";
    private String basedOn = "";
    private int outline = NOT_SET;
    private @Nullable String numId;
    private int level = NOT_SET;
    private RunProperties run = RunProperties.NONE;
  }

  private static final Resolved PLAIN = new Resolved("", 0, Role.NONE, null, 0, RunProperties.NONE);

  private final Map<String, Style> byId = new HashMap<>();
  private final Map<String, Resolved> resolved = new HashMap<>();
  private String defaultParagraph = "";

  /// Reads `styles.xml`; `null` when there is none.
  static Styles read(@Nullable XmlCursor xml) {
    Styles styles = new Styles();
    while (xml != null && xml.next()) {
      if (xml.isStart("w:style")) {
        styles.readStyle(xml);
      }
    }
    return styles;
  }

  private void readStyle(XmlCursor xml) {
    Style style = new Style();
    String id = xml.attr("w:styleId", "");
    if (xml.attr("w:type", "").equals("paragraph") && OnOff.isOn(xml.attr("w:default", "0"))) {
      defaultParagraph = id;
    }
    byId.putIfAbsent(id, style);
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "w:name" -> style.name = xml.attr("w:val", "").toLowerCase(Locale.ROOT);
        case "w:basedOn" -> style.basedOn = xml.attr("w:val", "");
        case "w:outlineLvl" -> style.outline = xml.intAttr("w:val", 9);
        case "w:numId" -> style.numId = xml.attr("w:val");
        case "w:ilvl" -> style.level = xml.intAttr("w:val", 0);
        case "w:rPr" -> style.run = RunProperties.read(xml, null);
        case "w:tblStylePr" -> xml.skip();
        default -> {}
      }
    }
  }

  /// The style of an id; the default paragraph style for `null`.
  Resolved paragraph(@Nullable String id) {
    return resolve(id == null ? defaultParagraph : id);
  }

  /// The style of an id; plain when unknown.
  Resolved resolve(String id) {
    Resolved known = resolved.get(id);
    if (known == null) {
      known = walk(id);
      resolved.put(id, known);
    }
    return known;
  }

  /// Marks of a character style; code styles are set in code.
  RunProperties character(String id) {
    Resolved style = resolve(id);
    return isCode(style.name()) ? style.run().with(Span.Mark.CODE) : style.run();
  }

  private static boolean isCode(String name) {
    return switch (name) {
      case "verbatim char", "html code", "html typewriter", "code", "source code", "inline code" ->
          true;
      default -> false;
    };
  }

  private Resolved walk(String id) {
    Style style = byId.get(id);
    if (style == null) {
      return PLAIN;
    }
    int outline = NOT_SET;
    int level = NOT_SET;
    String numId = null;
    Role role = Role.NONE;
    RunProperties run = RunProperties.NONE;
    Set<String> visited = new HashSet<>();
    Style at = style;
    for (String next = id; at != null && visited.add(next); at = byId.get(next)) {
      outline = outline == NOT_SET ? outlineOf(at) : outline;
      level = level == NOT_SET ? at.level : level;
      numId = numId == null ? at.numId : numId;
      role = role == Role.NONE ? roleOf(at.name) : role;
      run = at.run.under(run);
      next = at.basedOn;
    }
    int heading = outline >= 0 && outline <= 8 ? outline + 1 : 0;
    return new Resolved(style.name, heading, role, numId, Math.max(0, level), run);
  }

  private static int outlineOf(Style style) {
    if (style.outline != NOT_SET) {
      return style.outline;
    }
    String name = style.name;
    if (name.length() == 9 && name.startsWith("heading ")) {
      int digit = Character.digit(name.charAt(8), 10);
      return digit >= 1 ? digit - 1 : NOT_SET;
    }
    return NOT_SET;
  }

  private static Role roleOf(String name) {
    return switch (name) {
      case "title" -> Role.TITLE;
      case "quote", "intense quote", "block text", "block quote" -> Role.QUOTE;
      case "source code", "html preformatted", "plain text code", "macro text" -> Role.CODE;
      case "caption", "table caption" -> Role.CAPTION;
      case "list paragraph", "list continue", "list continue 2", "list continue 3" ->
          Role.LIST_CONTINUATION;
      default -> Role.NONE;
    };
  }
}
