package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.ListBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lists of a document, and where their counting stands.
final class Numbering {

  private static final int LEVELS = 9;

  /// A level of a list; a `null` format is inherited.
  private record Level(@Nullable String format, @Nullable Integer start) {}

  private static final class Abstract {
    private final @Nullable Level[] levels = new @Nullable Level[LEVELS];
    private final int[] counts = new int[LEVELS];
    private final boolean[] counting = new boolean[LEVELS];
  }

  private static final class Instance {
    private String abstractId = "";
    private final @Nullable Level[] levels = new @Nullable Level[LEVELS];
    private final @Nullable Integer[] startAt = new @Nullable Integer[LEVELS];
  }

  private static final Abstract MISSING = new Abstract();

  private final Map<String, Abstract> abstracts = new HashMap<>();
  private final Map<String, Instance> instances = new HashMap<>();
  private final Set<String> started = new HashSet<>();

  /// Reads `numbering.xml`; `null` when there is none.
  static Numbering read(@Nullable XmlCursor xml) {
    Numbering numbering = new Numbering();
    while (xml != null && xml.next()) {
      if (xml.isStart("w:abstractNum")) {
        Abstract list = new Abstract();
        numbering.abstracts.putIfAbsent(xml.attr("w:abstractNumId", ""), list);
        readLevels(xml, list.levels, new @Nullable Integer[LEVELS]);
      } else if (xml.isStart("w:num")) {
        Instance instance = new Instance();
        numbering.instances.putIfAbsent(xml.attr("w:numId", ""), instance);
        instance.abstractId = readLevels(xml, instance.levels, instance.startAt);
      }
    }
    return numbering;
  }

  private static String readLevels(
      XmlCursor xml, @Nullable Level[] levels, @Nullable Integer[] startAt) {
    String abstractId = "";
    int overridden = 0;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "w:abstractNumId" -> abstractId = xml.attr("w:val", "");
        case "w:lvlOverride" -> overridden = clamp(xml.intAttr("w:ilvl", 0));
        case "w:startOverride" -> startAt[overridden] = xml.intAttr("w:val", 1);
        case "w:lvl" -> {
          int level = clamp(xml.intAttr("w:ilvl", 0));
          levels[level] = readLevel(xml);
        }
        default -> {}
      }
    }
    return abstractId;
  }

  private static Level readLevel(XmlCursor xml) {
    String format = null;
    Integer start = null;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("w:numFmt")) {
        format = xml.attr("w:val");
      } else if (xml.isStart("w:start")) {
        start = xml.intAttr("w:val", 1);
      }
    }
    return new Level(format, start);
  }

  /// Counts one more paragraph of a list; `null` when the paragraph is not in a list after all.
  ListBuilder.@Nullable Place count(String numId, int ilvl) {
    Instance instance = instances.get(numId);
    if (numId.equals("0") || instance == null) {
      return null;
    }
    int level = clamp(ilvl);
    Abstract list = abstracts.getOrDefault(instance.abstractId, MISSING);
    Level own = instance.levels[level];
    Level base = list.levels[level];
    String format = own != null && own.format() != null ? own.format() : format(base);
    if (format.equals("none")) {
      return null;
    }
    boolean ordered = !format.equals("bullet");
    int number = number(list, level, restart(numId, instance, level), start(own, base));
    return new ListBuilder.Place(level, ordered, number, numId);
  }

  private @Nullable Integer restart(String numId, Instance instance, int level) {
    Integer startAt = instance.startAt[level];
    return startAt != null && started.add(numId + "/" + level) ? startAt : null;
  }

  private static int number(Abstract list, int level, @Nullable Integer restart, int start) {
    if (list == MISSING) {
      return 1;
    }
    if (restart != null) {
      list.counts[level] = restart;
    } else if (list.counting[level]) {
      list.counts[level]++;
    } else {
      list.counts[level] = start;
    }
    list.counting[level] = true;
    for (int deeper = level + 1; deeper < LEVELS; deeper++) {
      list.counting[deeper] = false;
    }
    return list.counts[level];
  }

  private static String format(@Nullable Level level) {
    return level == null || level.format() == null ? "bullet" : level.format();
  }

  private static int start(@Nullable Level own, @Nullable Level base) {
    if (own != null && own.start() != null) {
      return own.start();
    }
    return base != null && base.start() != null ? base.start() : 1;
  }

  private static int clamp(int level) {
    return Math.clamp(level, 0, LEVELS - 1);
  }
}
