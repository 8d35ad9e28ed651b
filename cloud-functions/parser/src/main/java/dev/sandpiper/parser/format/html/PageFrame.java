package dev.sandpiper.parser.format.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// What a page puts around its text and says so: navigation, footers, asides. For pages that are
/// too small or too plain to find their main text by its words.
final class PageFrame {

  private static final Set<String> ELEMENTS = Set.of("nav", "footer", "aside", "search");
  private static final Set<String> ROLES =
      Set.of("navigation", "contentinfo", "complementary", "banner", "search", "menu", "menubar");

  private PageFrame() {}

  /// Removes the frame of a page, unless that is half of its words.
  ///
  /// @return per cent of the page's visible characters that were removed; 0 when nothing was
  static int remove(Document page) {
    Element body = page.body();
    List<Element> frames = new ArrayList<>();
    for (Element element : body.getAllElements()) {
      if (isFrame(element)) {
        frames.add(element);
      }
    }
    if (frames.isEmpty()) {
      return 0;
    }
    long all = Boilerplate.length(body);
    long framed = frames.stream().mapToLong(Boilerplate::length).sum();
    if (framed * 2 >= all) {
      return 0;
    }
    frames.forEach(Element::remove);
    return Math.max(1, (int) (100 * framed / all));
  }

  /// Outermost frames; a footer of an article or a quotation belongs to it.
  private static boolean isFrame(Element element) {
    if (!names(element) || Visibility.isHidden(element)) {
      return false;
    }
    for (Element around = element.parent(); around != null; around = around.parent()) {
      switch (around.normalName()) {
        case "article", "main", "section", "blockquote", "td", "li" -> {
          return false;
        }
        default -> {
          if (names(around) || around.attr("role").equals("main")) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean names(Element element) {
    String name = element.normalName();
    return ELEMENTS.contains(name)
        || ROLES.contains(element.attr("role"))
        || (name.equals("header") && element.selectFirst("h1, h2, h3") == null);
  }
}
