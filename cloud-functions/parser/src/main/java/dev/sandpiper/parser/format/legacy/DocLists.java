package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.format.flow.ListBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.HWPFDocumentCore;
import org.apache.poi.hwpf.model.ListData;
import org.apache.poi.hwpf.model.ListLevel;
import org.apache.poi.hwpf.model.ListTables;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.jspecify.annotations.Nullable;

/// Finds the place of a list paragraph: its level, whether it is numbered, and its number. What the
/// list tables do not tell is a bullet.
final class DocLists {

  private static final int BULLET = 23;
  private static final int NO_NUMBER = 255;
  private static final int LEVELS = 9;

  private final @Nullable ListTables tables;

  /// How many items of each level there have been, by list.
  private final Map<Integer, int[]> counts = new HashMap<>();

  DocLists(HWPFDocumentCore document) {
    this.tables = document instanceof HWPFDocument current ? current.getListTables() : null;
  }

  /// The place of the next paragraph of a list.
  ListBuilder.Place next(Paragraph paragraph) {
    int level = Math.clamp(paragraph.getIlvl(), 0, LEVELS - 1);
    ListData list = list(paragraph.getIlfo());
    ListLevel kind = list == null || level >= list.numLevels() ? null : list.getLevel(level + 1);
    if (list == null || kind == null) {
      return new ListBuilder.Place(level, false, 1, "");
    }
    int count = count(list.getLsid(), level);
    int format = kind.getNumberFormat() & 0xFF;
    boolean ordered = format != BULLET && format != NO_NUMBER;
    int number = Math.clamp((long) kind.getStartAt() + count, 0, Integer.MAX_VALUE);
    return new ListBuilder.Place(level, ordered, number, Integer.toString(list.getLsid()));
  }

  private @Nullable ListData list(int override) {
    if (tables == null) {
      return null;
    }
    try {
      return tables.getListData(tables.getLfo(override).getLsid());
    } catch (NoSuchElementException e) {
      return null;
    }
  }

  /// The number of earlier items; those of inner levels start anew.
  private int count(int list, int level) {
    int[] items = counts.computeIfAbsent(list, _ -> new int[LEVELS]);
    for (int inner = level + 1; inner < LEVELS; inner++) {
      items[inner] = 0;
    }
    return items[level]++;
  }
}
