package dev.sandpiper.parser.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the character that separates the fields of a delimited text.
public final class DelimiterSniffer {

  private static final char[] CANDIDATES = {',', ';', '\t', '|'};
  private static final int MOST_RECORDS = 200;

  /// What was found in the sample.
  ///
  /// @param delimiter the separator
  /// @param fields the usual number of fields of a record, at least 2
  /// @param records how many records the sample has
  /// @param agreeing how many of them have the usual number of fields
  public record Sniffed(char delimiter, int fields, int records, int agreeing) {
    /// Whether nearly every record has the same shape.
    public boolean isConsistent() {
      return agreeing * 10 >= records * 9;
    }
  }

  private DelimiterSniffer() {}

  /// The delimiter that splits the sample most evenly; `null` when none splits it.
  ///
  /// @param whole whether the sample is all of the text; its last record is ignored otherwise
  public static @Nullable Sniffed sniff(String sample, boolean whole) {
    Sniffed best = null;
    for (char candidate : CANDIDATES) {
      Sniffed found = measure(fieldCounts(sample, candidate, whole), candidate);
      if (found != null && (best == null || score(found) > score(best))) {
        best = found;
      }
    }
    return best;
  }

  private static double score(Sniffed found) {
    double agreement = (double) found.agreeing() / found.records();
    return agreement * agreement * Math.min(found.fields(), 8);
  }

  private static @Nullable Sniffed measure(List<Integer> counts, char delimiter) {
    int fields = 0;
    int agreeing = 0;
    for (int count : counts) {
      if (count < 2 || count == fields) {
        continue;
      }
      int same = (int) counts.stream().filter(other -> other == count).count();
      if (same > agreeing) {
        fields = count;
        agreeing = same;
      }
    }
    return fields == 0 ? null : new Sniffed(delimiter, fields, counts.size(), agreeing);
  }

  private static List<Integer> fieldCounts(String sample, char delimiter, boolean whole) {
    List<Integer> counts = new ArrayList<>();
    int fields = 1;
    boolean quoted = false;
    boolean blank = true;
    boolean fieldStart = true;
    for (int i = 0; i < sample.length() && counts.size() < MOST_RECORDS; i++) {
      char c = sample.charAt(i);
      if (quoted) {
        quoted = c != '"';
      } else if (c == '"' && (fieldStart || (i > 0 && sample.charAt(i - 1) == '"'))) {
        quoted = true;
        blank = false;
      } else if (c == '\n' || c == '\r') {
        if (!blank) {
          counts.add(fields);
        }
        fields = 1;
        blank = true;
      } else if (c == delimiter) {
        fields++;
        blank = false;
      } else {
        blank &= c == ' ';
      }
      fieldStart = c == delimiter || c == '\n' || c == '\r' || (fieldStart && c == ' ');
    }
    if (whole && !blank && counts.size() < MOST_RECORDS) {
      counts.add(fields);
    }
    return counts;
  }
}
