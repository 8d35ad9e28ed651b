package dev.sandpiper.parser.format.html;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

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
    return !style.isEmpty() && style.length() <= LONGEST_STYLE && hides(style);
  }

  private static boolean hides(String style) {
    String compact = style.toLowerCase(Locale.ROOT).replace(" ", "");
    return compact.contains("display:none") || compact.contains("visibility:hidden");
  }
}
