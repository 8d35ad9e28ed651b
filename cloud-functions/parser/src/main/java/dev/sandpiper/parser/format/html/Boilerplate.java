package dev.sandpiper.parser.format.html;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Tells navigation, promotion and the like from the text of a page.
final class Boilerplate {

  private static final int LEAST_LINKS = 8;
  private static final List<String> UNLIKELY =
      List.of(
          "comment",
          "share",
          "sharing",
          "social",
          "related",
          "sidebar",
          "promo",
          "newsletter",
          "subscri",
          "cookie",
          "breadcrumb",
          "footer",
          "masthead",
          "menu",
          "banner",
          "advert",
          "sponsor",
          "popup",
          "modal",
          "disqus",
          "pagination",
          "pager",
          "widget",
          "recommend",
          "outbrain",
          "taboola",
          "byline",
          "author-",
          "tags",
          "-tags",
          "toolbar",
          "tooltip",
          "skip-",
          "login",
          "signup",
          "sign-up",
          "navbar",
          "nav-",
          "-nav",
          "copyright",
          "paywall",
          "most-read",
          "mostread",
          "trending",
          "print-only",
          "metadata",
          "post-meta",
          "entry-meta",
          "timestamp",
          "dateline",
          "caption",
          "credit",
          "remark",
          "rss",
          "shoutbox",
          "agegate",
          "consent",
          "gdpr",
          "read-more",
          "readmore",
          "more-");
  private static final List<String> LIKELY =
      List.of("article", "body", "content", "entry", "main", "page", "post", "text", "story");
  private static final Set<String> FRAME =
      Set.of(
          "nav",
          "footer",
          "aside",
          "header",
          "form",
          "button",
          "dialog",
          "menu",
          "select",
          "input",
          "textarea",
          "figcaption",
          "figure",
          "fieldset");
  private static final Set<String> KEPT =
      Set.of("html", "body", "article", "main", "p", "a", "em", "strong", "b", "i", "h1", "span");

  private Boilerplate() {}

  /// A page with navigation of its own or an article marked as such; other pages are documents.
  static boolean isWebPage(Document page) {
    boolean framed =
        page.selectFirst(
                "nav, footer, aside, [role=navigation], [id*=nav], [class*=nav], [class*=menu],"
                    + " [id*=menu], [id*=sidebar], [class*=sidebar], [id*=footer], [class*=footer]")
            != null;
    return framed && page.body().select("a[href]").size() >= LEAST_LINKS;
  }

  /// Removes what no reader sees and what names itself boilerplate.
  ///
  /// @return visible characters before what is boilerplate was removed
  static int prune(Element body) {
    for (Element element : body.getAllElements()) {
      if (!element.equals(body) && element.parent() != null && Visibility.isHidden(element)) {
        element.remove();
      }
    }
    int all = length(body);
    for (Element element : body.getAllElements()) {
      if (!element.equals(body) && element.parent() != null && isBoilerplate(element, all)) {
        element.remove();
      }
    }
    return all;
  }

  private static boolean isBoilerplate(Element element, int all) {
    String name = element.normalName();
    if (KEPT.contains(name)) {
      return false;
    }
    boolean named = FRAME.contains(name) || isUnlikely(element);
    return named && length(element) * 2 < all;
  }

  private static boolean isUnlikely(Element element) {
    String role = element.attr("role");
    if (role.equals("navigation")
        || role.equals("complementary")
        || role.equals("banner")
        || role.equals("contentinfo")
        || role.equals("dialog")
        || role.equals("menu")) {
      return true;
    }
    String names = names(element);
    return !names.isBlank() && containsAny(names, UNLIKELY);
  }

  private static String names(Element element) {
    String names = element.className() + " " + element.id();
    return (names.length() > 500 ? names.substring(0, 500) : names).toLowerCase(Locale.ROOT);
  }

  private static boolean containsAny(String names, List<String> parts) {
    for (String part : parts) {
      if (names.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /// What an element's name and classes add to its votes.
  static double weight(Element element) {
    double weight =
        switch (element.normalName()) {
          case "article", "main" -> 25;
          case "div", "section" -> 5;
          case "pre", "td", "blockquote" -> 3;
          case "ul", "ol", "dl", "dd", "dt", "li", "address" -> -3;
          case "th", "h1", "h2", "h3" -> -5;
          default -> 0;
        };
    String names = names(element);
    if (containsAny(names, LIKELY)) {
      weight += 25;
    }
    if (containsAny(names, UNLIKELY)) {
      weight -= 25;
    }
    return element.attr("itemprop").equals("articleBody") ? weight + 50 : weight;
  }

  /// Removes lists of links and the like from a part of the main text.
  static void clean(Element part) {
    for (Element element : part.select("ul, ol, div, section, table, p, h2, h3, h4, dl")) {
      if (!element.equals(part) && element.parent() != null && isClutter(element)) {
        element.remove();
      }
    }
  }

  private static boolean isClutter(Element element) {
    double links = linkDensity(element);
    int length = length(element);
    return switch (element.normalName()) {
      case "p", "h2", "h3", "h4" -> links > 0.9 && length < 200;
      case "table" -> links > 0.5;
      default -> {
        int count = element.select("a").size();
        yield (links > 0.5 && count > 0) || (links > 0.25 && count > 3 && length < 400);
      }
    };
  }

  /// Visible characters.
  static int length(Element element) {
    return element.text().length();
  }

  /// Share of the characters that are links.
  static double linkDensity(Element element) {
    int length = length(element);
    if (length == 0) {
      return 0;
    }
    int linked = 0;
    for (Element link : element.select("a")) {
      linked += link.text().length();
    }
    return (double) linked / length;
  }
}
