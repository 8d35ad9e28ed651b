package dev.sandpiper.parser.format.html;

import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Finds the headline of an article when it stands outside the main text.
final class Headline {

  private Headline() {}

  static @Nullable Element find(Document page, List<Element> parts) {
    if (parts.stream().anyMatch(part -> part.selectFirst("h1") != null)) {
      return null;
    }
    String title = page.title();
    for (Element heading : page.select("h1")) {
      String words = heading.text();
      if (words.length() > 8 && title.contains(words) && !Visibility.isHidden(heading)) {
        return heading;
      }
    }
    return null;
  }
}
