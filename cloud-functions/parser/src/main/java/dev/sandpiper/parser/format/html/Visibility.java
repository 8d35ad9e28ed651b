package dev.sandpiper.parser.format.html;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Tells what a reader of the page never sees.
final class Visibility {

  private static final Set<String> UNSEEN =
      Set.of(
          "script",
          "style",
          "template",
          "noscript",
          "head",
          "link",
          "meta",
          "iframe",
          "object",
          "embed",
          "applet",
          "audio",
          "video",
          "canvas",
          "map",
          "datalist",
          "param",
          "source",
          "track",
          "frame",
          "frameset",
          "rp");
  private static final int LONGEST_STYLE = 4096;

  private Visibility() {}

  static boolean isHidden(Element element) {
    if (UNSEEN.contains(element.normalName()) || element.hasAttr("hidden")) {
      return true;
    }
    if (element.normalName().equals("input") && element.attr("type").equalsIgnoreCase("hidden")) {
      return true;
    }
    String style = element.attr("style");
    return Boolean.TRUE.equals(hidden(style));
  }

  /// Whether an element's own style shows it, whatever a style sheet says.
  static boolean isShownByItself(Element element) {
    return Boolean.FALSE.equals(hidden(element.attr("style")));
  }

  /// Whether some declarations hide; `null` when they say nothing about it.
  static @Nullable Boolean hidden(String style) {
    if (style.isEmpty() || style.length() > LONGEST_STYLE) {
      return null;
    }
    String compact = style.toLowerCase(Locale.ROOT).replace(" ", "");
    if (compact.contains("display:none") || compact.contains("visibility:hidden")) {
      return true;
    }
    boolean shown = compact.contains("display:") || compact.contains("visibility:");
    return shown ? Boolean.FALSE : null;
  }
}
