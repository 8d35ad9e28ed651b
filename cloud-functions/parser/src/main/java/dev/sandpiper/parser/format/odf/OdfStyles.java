package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The styles of a document, with what they inherit.
final class OdfStyles {

  /// What a paragraph of a style is.
  enum Role {
    NONE,
    HEADING,
    QUOTE,
    CODE,
    RULE
  }

  private static final class Style {
    private String parent = "";
    private String name = "";
    private final EnumSet<Span.Mark> on = EnumSet.noneOf(Span.Mark.class);
    private final EnumSet<Span.Mark> off = EnumSet.noneOf(Span.Mark.class);
    private boolean invisible;
    private boolean pageBefore;
  }

  private final Map<String, Style> styles = new HashMap<>();
  private final Map<String, Set<Span.Mark>> marks = new HashMap<>();
  private final Map<String, Set<Integer>> orderedLevels = new HashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();

  /// Reads a `style:style` element to its end.
  void readStyle(XmlCursor xml) {
    Style style = new Style();
    String id = xml.attr("style:name", "");
    style.parent = xml.attr("style:parent-style-name", "");
    style.name = xml.attr("style:display-name", id.replace("_20_", " ")).toLowerCase(Locale.ROOT);
    styles.put(key(xml.attr("style:family", ""), id), style);
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "style:text-properties" -> text(xml, style);
        case "style:paragraph-properties" ->
            style.pageBefore = xml.attr("fo:break-before", "").equals("page");
        case "style:table-properties" ->
            style.invisible = xml.attr("table:display", "").equals("false");
        case "style:drawing-page-properties" ->
            style.invisible = xml.attr("presentation:visibility", "").equals("hidden");
        default -> {}
      }
    }
  }

  private static String key(String family, String id) {
    return family + "/" + id;
  }

  private static void text(XmlCursor xml, Style style) {
    set(style, Span.Mark.BOLD, weight(xml.attr("fo:font-weight")));
    set(style, Span.Mark.ITALIC, oneOf(xml.attr("fo:font-style"), "italic", "oblique"));
    set(style, Span.Mark.STRIKE, line(xml.attr("style:text-line-through-style")));
    set(style, Span.Mark.UNDERLINE, line(xml.attr("style:text-underline-style")));
    set(style, Span.Mark.HIDDEN, oneOf(xml.attr("text:display"), "none", "none"));
    String position = xml.attr("style:text-position");
    if (position != null) {
      set(style, Span.Mark.SUPERSCRIPT, position.startsWith("super") || rises(position));
      set(style, Span.Mark.SUBSCRIPT, position.startsWith("sub") || position.startsWith("-"));
    }
  }

  private static boolean rises(String position) {
    return !position.isEmpty()
        && Character.isDigit(position.charAt(0))
        && !position.startsWith("0%");
  }

  private static void set(Style style, Span.Mark mark, @Nullable Boolean value) {
    if (value != null) {
      (value ? style.on : style.off).add(mark);
    }
  }

  private static @Nullable Boolean weight(@Nullable String value) {
    if (value == null) {
      return null;
    }
    return value.equals("bold") || (value.length() == 3 && value.compareTo("600") >= 0);
  }

  private static @Nullable Boolean oneOf(@Nullable String value, String one, String other) {
    return value == null ? null : value.equals(one) || value.equals(other);
  }

  private static @Nullable Boolean line(@Nullable String value) {
    return value == null ? null : !value.equals("none");
  }

  /// Reads a `text:list-style` element to its end.
  void readList(XmlCursor xml) {
    String id = xml.attr("style:name", "");
    Set<Integer> ordered = new HashSet<>();
    orderedLevels.put(id, ordered);
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:list-level-style-number")
          && !xml.attr("style:num-format", "").isEmpty()) {
        int level = xml.intAttr("text:level", 1);
        ordered.add(level);
        starts.put(id + "/" + level, Math.max(0, xml.intAttr("text:start-value", 1)));
      }
    }
  }

  /// Whether a list's level, 1-based, is numbered.
  boolean isOrdered(String list, int level) {
    return orderedLevels.getOrDefault(list, Set.of()).contains(level);
  }

  /// Number of a list level's first item.
  int start(String list, int level) {
    return starts.getOrDefault(list + "/" + level, 1);
  }

  /// Marks of a character style and what it inherits.
  Set<Span.Mark> text(String id) {
    return marks.computeIfAbsent(id, this::resolve);
  }

  private Set<Span.Mark> resolve(String id) {
    EnumSet<Span.Mark> on = EnumSet.noneOf(Span.Mark.class);
    EnumSet<Span.Mark> off = EnumSet.noneOf(Span.Mark.class);
    Set<String> visited = new HashSet<>();
    String next = id;
    Style style = styles.get(key("text", next));
    while (style != null && visited.add(next)) {
      for (Span.Mark mark : style.on) {
        if (!off.contains(mark)) {
          on.add(mark);
        }
      }
      for (Span.Mark mark : style.off) {
        if (!on.contains(mark)) {
          off.add(mark);
        }
      }
      if (style.name.equals("source text") || style.name.equals("teletype")) {
        on.add(Span.Mark.CODE);
      }
      next = style.parent;
      style = styles.get(key("text", next));
    }
    return Set.copyOf(on);
  }

  /// Marks that an automatic paragraph style sets on all text; named styles set none, since what
  /// they look like follows from what they are, except that they may hide it.
  Set<Span.Mark> paragraph(String id) {
    EnumSet<Span.Mark> on = EnumSet.noneOf(Span.Mark.class);
    Set<String> visited = new HashSet<>();
    String next = id;
    Style style = styles.get(key("paragraph", next));
    while (style != null && visited.add(next)) {
      if (style.on.contains(Span.Mark.HIDDEN)) {
        on.add(Span.Mark.HIDDEN);
      }
      next = style.parent;
      style = styles.get(key("paragraph", next));
    }
    return Set.copyOf(on);
  }

  Role role(String id) {
    Set<String> visited = new HashSet<>();
    String next = id;
    Style style = styles.get(key("paragraph", next));
    while (style != null && visited.add(next)) {
      Role role =
          switch (style.name) {
            case "quotations" -> Role.QUOTE;
            case "preformatted text", "source code" -> Role.CODE;
            case "horizontal line" -> Role.RULE;
            default -> level(style.name) > 0 ? Role.HEADING : Role.NONE;
          };
      if (role != Role.NONE) {
        return role;
      }
      next = style.parent;
      style = styles.get(key("paragraph", next));
    }
    return Role.NONE;
  }

  /// Level of the heading that a paragraph of the style is, 1 to 6; 1 when it is none.
  int headingLevel(String id) {
    Set<String> visited = new HashSet<>();
    String next = id;
    Style style = styles.get(key("paragraph", next));
    while (style != null && visited.add(next)) {
      int level = level(style.name);
      if (level > 0) {
        return level;
      }
      next = style.parent;
      style = styles.get(key("paragraph", next));
    }
    return 1;
  }

  /// Writers keep the English names of these styles in the file, whatever they show.
  private static int level(String name) {
    if (name.equals("title")) {
      return 1;
    }
    boolean numbered = name.length() == 9 && name.startsWith("heading ");
    int level = numbered ? Character.digit(name.charAt(8), 10) : 0;
    return Math.clamp(level, 0, 6);
  }

  /// Whether a paragraph of the style starts a page.
  boolean startsPage(String id) {
    Style style = styles.get(key("paragraph", id));
    return style != null && style.pageBefore;
  }

  /// Whether a sheet or slide of the style is hidden.
  boolean isInvisible(String family, String id) {
    Style style = styles.get(key(family, id));
    return style != null && style.invisible;
  }

  /// Reads every style in a part up to the body, where the cursor stops.
  ///
  /// @return whether there is a body
  boolean readUpToBody(XmlCursor xml) {
    while (xml.next()) {
      if (xml.isStart("style:style")) {
        readStyle(xml);
      } else if (xml.isStart("text:list-style")) {
        readList(xml);
      } else if (xml.isStart("office:body")) {
        return true;
      }
    }
    return false;
  }
}
