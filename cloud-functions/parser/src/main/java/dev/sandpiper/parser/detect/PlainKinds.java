package dev.sandpiper.parser.detect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Texts that differ by habit only: plain, Markdown, CSV, TSV. Here the name has a say.
final class PlainKinds {

  private static final int SAMPLE = 16 << 10;
  private static final int FEW_RECORDS = 3;

  private PlainKinds() {}

  static Format format(String text, boolean whole, String name) {
    if (hasExtension(name, ".csv")) {
      return Format.CSV;
    }
    if (hasExtension(name, ".tsv", ".tab")) {
      return Format.TSV;
    }
    if (hasExtension(name, ".md", ".markdown", ".mdown", ".mkd")) {
      return Format.MARKDOWN;
    }
    if (hasExtension(name, ".txt", ".text", ".log")) {
      return Format.TEXT;
    }
    boolean cut = !whole || text.length() > SAMPLE;
    String sample = text.substring(0, Math.min(text.length(), SAMPLE));
    Format table = delimited(sample, !cut);
    if (table != null) {
      return table;
    }
    return isMarkdown(sample) ? Format.MARKDOWN : Format.TEXT;
  }

  static boolean hasExtension(String name, String... extensions) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : extensions) {
      if (lower.endsWith(extension)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Format delimited(String sample, boolean whole) {
    DelimiterSniffer.Sniffed found = DelimiterSniffer.sniff(sample, whole);
    if (found == null || !found.isConsistent() || found.records() < FEW_RECORDS) {
      return null;
    }
    if (found.delimiter() == '\t') {
      return Format.TSV;
    }
    boolean table =
        found.delimiter() == '|' ? !sample.contains("|--") && !sample.contains("| --") : true;
    boolean enough = found.fields() > 2 || found.records() > 2 * FEW_RECORDS;
    return table && enough && !isProse(sample) ? Format.CSV : null;
  }

  /// Lines of prose have a space after nearly every comma.
  private static boolean isProse(String sample) {
    int commas = 0;
    int spaced = 0;
    for (int i = 0; i + 1 < sample.length(); i++) {
      if (sample.charAt(i) == ',') {
        commas++;
        spaced += sample.charAt(i + 1) == ' ' ? 1 : 0;
      }
    }
    return commas > 0 && spaced * 10 > commas * 8;
  }

  /// Two different signs, one of them a heading on its own, a fence or a link.
  private static boolean isMarkdown(String sample) {
    if (sample.startsWith("#!")) {
      return false;
    }
    boolean heading = false;
    boolean fence = false;
    boolean list = false;
    boolean table = false;
    String before = "";
    for (String line : sample.lines().toList()) {
      String stripped = line.strip();
      heading |= before.isEmpty() && isHeading(line);
      fence |= line.startsWith("```");
      list |= stripped.startsWith("- ") || stripped.startsWith("* ");
      table |=
          stripped.startsWith("|-") || stripped.startsWith("| -") || stripped.startsWith("|:-");
      before = stripped;
    }
    boolean link = sample.contains("](");
    boolean emphasis = sample.contains("**");
    int signs = count(heading, fence, list, table, link, emphasis);
    return signs >= 2 && (heading || fence || link || table);
  }

  private static int count(boolean... signs) {
    int count = 0;
    for (boolean sign : signs) {
      count += sign ? 1 : 0;
    }
    return count;
  }

  private static boolean isHeading(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    return level >= 1 && level <= 6 && level + 1 < line.length() && line.charAt(level) == ' ';
  }
}
