package dev.sandpiper.parser.format.html;

import java.util.Locale;
import org.jsoup.internal.StringUtil;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Reads link targets; nothing that would run, and no inline data.
final class Links {

  private static final int LONGEST = 4096;

  private Links() {}

  /// Reads links as they are written, or seen from the page's `<base>`.
  static HtmlBlocks.LinkReader of(@Nullable Document page) {
    Element base = page == null ? null : page.selectFirst("base[href]");
    String from = base == null ? "" : base.attr("href");
    return (element, attribute) -> read(element.attr(attribute).strip(), from);
  }

  private static @Nullable String read(String target, String base) {
    if (target.isEmpty() || target.equals("#") || target.length() > LONGEST || runs(target)) {
      return null;
    }
    if (base.isEmpty() || target.startsWith("#")) {
      return target;
    }
    String absolute = StringUtil.resolve(base, target);
    return absolute.isEmpty() ? target : absolute;
  }

  private static boolean runs(String target) {
    String start = target.substring(0, Math.min(16, target.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("javascript:")
        || start.startsWith("vbscript:")
        || start.startsWith("data:");
  }
}
