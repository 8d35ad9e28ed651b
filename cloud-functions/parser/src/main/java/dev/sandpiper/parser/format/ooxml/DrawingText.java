package dev.sandpiper.parser.format.ooxml;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what charts and diagrams say: a chart as the table it was drawn from, a diagram as a list.
public final class DrawingText {

  private static final int LONGEST_TEXT = 100_000;
  private static final int MOST_POINTS = 10_000;
  private static final int MOST_SERIES = 256;

  private static final class Series {
    private String name = "";
    private final Map<Integer, String> categories = new TreeMap<>();
    private final Map<Integer, String> values = new TreeMap<>();
  }

  private DrawingText() {}

  /// The chart in a part; empty when there is none.
  public static List<Block> chart(
      OoxmlPackage ooxml, String part, ParseContext context, SourceSpan span) {
    List<Series> series = new ArrayList<>();
    StringBuilder title = new StringBuilder();
    try (XmlCursor xml = part.isEmpty() ? null : ooxml.xml(part)) {
      while (xml != null && xml.next()) {
        if (xml.isStart("c:title") && title.isEmpty()) {
          drawnText(xml, title);
        } else if (xml.isStart("c:ser") && series.size() < MOST_SERIES) {
          series.add(series(xml));
        }
      }
    }
    Text caption = title.isEmpty() ? null : Text.of(title.toString().strip());
    Block.Table table = table(series, caption, context, span);
    if (table != null) {
      return List.of(table);
    }
    return caption == null ? List.of() : List.of(new Block.Paragraph(caption, span));
  }

  private static void drawnText(XmlCursor xml, StringBuilder text) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("a:t") || xml.isStart("c:v")) {
        text.append(xml.allText(LONGEST_TEXT));
      }
    }
  }

  private static Series series(XmlCursor xml) {
    Series series = new Series();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "c:tx" -> {
          StringBuilder name = new StringBuilder();
          drawnText(xml, name);
          series.name = name.toString();
        }
        case "c:cat", "c:xVal" -> points(xml, series.categories);
        case "c:val", "c:yVal" -> points(xml, series.values);
        default -> {}
      }
    }
    return series;
  }

  private static void points(XmlCursor xml, Map<Integer, String> points) {
    int index = 0;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("c:pt")) {
        index = xml.intAttr("idx", 0);
      } else if (xml.isStart("c:v") && points.size() < MOST_POINTS) {
        points.putIfAbsent(index, xml.allText(LONGEST_TEXT));
      }
    }
  }

  private static Block.@Nullable Table table(
      List<Series> series, @Nullable Text caption, ParseContext context, SourceSpan span) {
    TreeMap<Integer, String> categories = new TreeMap<>();
    for (Series one : series) {
      one.values.keySet().forEach(index -> categories.putIfAbsent(index, ""));
      categories.putAll(one.categories);
    }
    if (categories.isEmpty()) {
      return null;
    }
    TableBuilder table = new TableBuilder(context.budget());
    table.row(true);
    table.cell(List.of(), 1);
    series.forEach(one -> table.cell(paragraph(one.name, span), 1));
    for (Map.Entry<Integer, String> category : categories.entrySet()) {
      table.row(false);
      table.cell(paragraph(category.getValue(), span), 1);
      for (Series one : series) {
        table.cell(paragraph(one.values.getOrDefault(category.getKey(), ""), span), 1);
      }
    }
    return table.build(caption, span);
  }

  private static List<Block> paragraph(String text, SourceSpan span) {
    return text.isBlank() ? List.of() : List.of(new Block.Paragraph(Text.of(text.strip()), span));
  }

  /// The texts of the diagram whose data are in a part; empty when there are none.
  public static List<Block> diagram(
      OoxmlPackage ooxml, String part, ParseContext context, SourceSpan span) {
    List<Block.Item> items = new ArrayList<>();
    try (XmlCursor xml = part.isEmpty() ? null : ooxml.xml(part)) {
      while (xml != null && xml.next()) {
        if (xml.isStart("dgm:t")) {
          StringBuilder text = new StringBuilder();
          drawnText(xml, text);
          context.budget().spendCharacters(text.length());
          if (!text.toString().isBlank()) {
            items.add(new Block.Item(paragraph(text.toString(), span), null));
          }
        }
      }
    }
    return items.isEmpty() ? List.of() : List.of(new Block.ListBlock(false, 1, items, span));
  }
}
