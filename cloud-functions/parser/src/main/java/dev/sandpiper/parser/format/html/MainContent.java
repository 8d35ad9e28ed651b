package dev.sandpiper.parser.format.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/// The main text of a web page. Paragraphs vote for the elements around them, by length and commas
/// and against links; the winner and its like siblings are kept and cleaned of what is still in
/// between.
///
/// @param nodes the main text's nodes, in reading order
/// @param percentLeftOut share of the page's visible characters outside of them
record MainContent(List<Node> nodes, int percentLeftOut) {

  private static final int LEAST_TEXT = 250;
  private static final int LEAST_PARAGRAPH = 25;
  private static final int LEVELS_VOTED = 4;

  /// The main text, or `null` when the page has no clear boilerplate or no clear main text.
  static @Nullable MainContent find(Document page) {
    if (!Boilerplate.isWebPage(page)) {
      return null;
    }
    Document copy = page.clone();
    int before = Boilerplate.prune(copy.body());
    Map<Element, Double> scores = vote(copy.body());
    Element top = best(scores);
    if (top == null) {
      return null;
    }
    List<Element> parts = withSiblings(top, scores);
    parts.forEach(Boilerplate::clean);
    int kept = parts.stream().mapToInt(Boilerplate::length).sum();
    if (kept < LEAST_TEXT || before == 0) {
      return null;
    }
    List<Node> nodes = new ArrayList<>();
    Element headline = Headline.find(page, parts);
    if (headline != null) {
      nodes.add(headline);
    }
    nodes.addAll(parts);
    return new MainContent(nodes, Math.clamp(100 - 100L * kept / before, 0, 100));
  }

  private static Map<Element, Double> vote(Element body) {
    Map<Element, Double> scores = new HashMap<>();
    for (Element element : body.getAllElements()) {
      if (isParagraph(element)) {
        String words = element.text();
        if (words.length() >= LEAST_PARAGRAPH) {
          double vote = 1 + commas(words) + Math.min(words.length() / 100, 3);
          spread(element, vote, scores);
        }
      }
    }
    return scores;
  }

  private static boolean isParagraph(Element element) {
    return switch (element.normalName()) {
      case "p", "pre", "td", "blockquote", "h2" -> true;
      case "div", "section" -> hasOwnParagraph(element);
      default -> false;
    };
  }

  /// A `<div>` used as a paragraph: words of its own and no blocks.
  private static boolean hasOwnParagraph(Element element) {
    return element.ownText().length() >= LEAST_PARAGRAPH
        && element.children().stream().noneMatch(child -> child.isBlock());
  }

  private static void spread(Element paragraph, double vote, Map<Element, Double> scores) {
    Element ancestor = paragraph.parent();
    for (int level = 0; level < LEVELS_VOTED && ancestor != null; level++) {
      double share = level == 0 ? vote : level == 1 ? vote / 2 : vote / (level * 3);
      Element voted = ancestor;
      scores.merge(voted, share, (old, more) -> old + more);
      ancestor = ancestor.parent();
    }
  }

  private static int commas(String words) {
    int commas = 0;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == ',' || c == '，' || c == '、' || c == '،') {
        commas++;
      }
    }
    return commas;
  }

  private static @Nullable Element best(Map<Element, Double> scores) {
    Element best = null;
    double most = 0;
    for (Map.Entry<Element, Double> entry : scores.entrySet()) {
      Element element = entry.getKey();
      double score = entry.getValue() + Boilerplate.weight(element);
      score *= 1 - Boilerplate.linkDensity(element);
      entry.setValue(score);
      if (score > most && !element.normalName().equals("html")) {
        most = score;
        best = element;
      }
    }
    return best == null ? null : widened(best, scores);
  }

  /// Goes up while the parent holds nearly as many votes, or nothing else.
  private static Element widened(Element best, Map<Element, Double> scores) {
    Element top = best;
    Element parent = top.parent();
    while (parent != null && !parent.normalName().equals("html")) {
      double own = scores.getOrDefault(top, 0.0);
      double above = scores.getOrDefault(parent, 0.0);
      if (parent.childrenSize() > 1 && above <= own) {
        break;
      }
      top = parent;
      parent = top.parent();
    }
    return top;
  }

  private static List<Element> withSiblings(Element top, Map<Element, Double> scores) {
    Element parent = top.parent();
    if (parent == null || top.normalName().equals("body")) {
      return List.of(top);
    }
    double threshold = Math.max(10, scores.getOrDefault(top, 0.0) * 0.2);
    List<Element> parts = new ArrayList<>();
    for (Element sibling : parent.children()) {
      boolean sameClass = !top.className().isEmpty() && top.className().equals(sibling.className());
      double bonus = sameClass ? scores.getOrDefault(top, 0.0) * 0.2 : 0;
      double score = scores.getOrDefault(sibling, 0.0);
      if (sibling.equals(top) || (score > 0 && score + bonus >= threshold) || isProse(sibling)) {
        parts.add(sibling);
      }
    }
    return parts;
  }

  private static boolean isProse(Element element) {
    if (!element.normalName().equals("p")) {
      return false;
    }
    double links = Boilerplate.linkDensity(element);
    int length = Boilerplate.length(element);
    return (length > 80 && links < 0.25)
        || (length > 0 && links == 0 && element.text().contains(". "));
  }
}
