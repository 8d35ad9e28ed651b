package dev.sandpiper.parser.format.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// What the style sheets inside a page hide: rules with selectors of one tag, class or id, or a
/// compound of them. Selectors of several elements, states and conditions (`@media`) are not
/// followed.
final class StyleSheet {

  private static final int LONGEST = 512 << 10;
  private static final int MOST_RULES = 4_000;
  private static final Set<String> NEVER_HIDDEN = Set.of("html", "head", "body", "main", "article");

  /// A selector of one element.
  ///
  /// @param tag empty for every tag
  /// @param id empty for every id
  private record Selector(String tag, String id, List<String> classes) {
    boolean matches(Element element, Set<String> names) {
      return (tag.isEmpty() || tag.equals(element.normalName()))
          && (id.isEmpty() || id.equals(element.id()))
          && names.containsAll(classes);
    }

    /// The name under which it is looked up.
    String key() {
      return !id.isEmpty() ? "#" + id : classes.isEmpty() ? tag : "." + classes.getFirst();
    }
  }

  private final Map<Selector, Boolean> hides = new HashMap<>();

  private StyleSheet() {}

  /// Gives the attribute `hidden` to what the style sheets of a page hide; nothing when that is
  /// most of its words, because then a script shows them.
  static void apply(Document page) {
    StyleSheet sheet = new StyleSheet();
    int room = LONGEST;
    for (Element style : page.select("style")) {
      String media = style.attr("media").toLowerCase(Locale.ROOT);
      boolean shown = media.isEmpty() || media.equals("all") || media.contains("screen");
      if (shown && style.closest("noscript") == null && style.data().length() <= room) {
        room -= style.data().length();
        sheet.read(style.data());
      }
    }
    if (sheet.hides.containsValue(true)) {
      sheet.hide(page.body());
    }
  }

  private void hide(Element body) {
    Map<String, List<Selector>> byKey = new HashMap<>();
    hides.forEach((selector, hidden) -> {
      if (hidden) {
        byKey.computeIfAbsent(selector.key(), _ -> new ArrayList<>()).add(selector);
      }
    });
    List<Element> hidden = new ArrayList<>();
    long words = 0;
    for (Element element : body.getAllElements()) {
      if (isHidden(element, byKey)) {
        hidden.add(element);
        words += Boilerplate.length(element);
      }
    }
    if (words * 2 < Boilerplate.length(body)) {
      hidden.forEach(element -> element.attr("hidden", ""));
    }
  }

  private static boolean isHidden(Element element, Map<String, List<Selector>> byKey) {
    if (NEVER_HIDDEN.contains(element.normalName())
        || Visibility.isShownByItself(element)
        || Visibility.isHidden(element)) {
      return false;
    }
    Set<String> names = new HashSet<>(element.classNames());
    if (matches(element, names, byKey.get(element.normalName()))
        || matches(element, names, byKey.get("#" + element.id()))) {
      return true;
    }
    for (String name : names) {
      if (matches(element, names, byKey.get("." + name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(
      Element element, Set<String> names, @Nullable List<Selector> selectors) {
    return selectors != null
        && selectors.stream().anyMatch(selector -> selector.matches(element, names));
  }

  /// Reads rules; the last one for a selector counts.
  private void read(String source) {
    String css = withoutComments(source);
    int at = 0;
    while (at < css.length() && hides.size() < MOST_RULES) {
      int open = css.indexOf('{', at);
      if (open < 0) {
        return;
      }
      String before = css.substring(at, open);
      // A statement such as `@import` may stand before the rule.
      String selectors = before.substring(before.lastIndexOf(';') + 1).strip();
      int close = end(css, open);
      if (!selectors.startsWith("@")) {
        rule(selectors, css.substring(open + 1, close));
      }
      at = close + 1;
    }
  }

  /// Where the block that opens here ends.
  private static int end(String css, int open) {
    int depth = 0;
    for (int i = open; i < css.length(); i++) {
      char c = css.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return css.length();
  }

  private void rule(String selectors, String declarations) {
    Boolean hidden = Visibility.hidden(declarations);
    if (hidden == null) {
      return;
    }
    for (String selector : selectors.split(",", MOST_RULES)) {
      Selector read = selector(selector.strip());
      if (read != null) {
        hides.put(read, hidden);
      }
    }
  }

  private static @Nullable Selector selector(String source) {
    String tag = "";
    String id = "";
    List<String> classes = new ArrayList<>();
    int at = 0;
    while (at < source.length()) {
      char kind = source.charAt(at);
      int start = kind == '.' || kind == '#' ? at + 1 : at;
      int end = start;
      while (end < source.length() && isNamePart(source.charAt(end))) {
        end++;
      }
      if (end == start || end - start > 200) {
        return null;
      }
      String name = source.substring(start, end);
      switch (kind) {
        case '.' -> classes.add(name);
        case '#' -> id = name;
        default -> tag = name.toLowerCase(Locale.ROOT);
      }
      at = end;
    }
    return source.isEmpty() ? null : new Selector(tag, id, List.copyOf(classes));
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static String withoutComments(String css) {
    StringBuilder out = new StringBuilder(css.length());
    int at = 0;
    for (int open = css.indexOf("/*"); open >= 0; open = css.indexOf("/*", at)) {
      out.append(css, at, open);
      int close = css.indexOf("*/", open + 2);
      at = close < 0 ? css.length() : close + 2;
    }
    return out.append(css, at, css.length()).toString();
  }
}
