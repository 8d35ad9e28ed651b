package dev.sandpiper.functions;

import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.parser.format.PagedFormat;
import java.util.ArrayList;
import java.util.List;

/// Whether a document is worth splitting.
///
/// @param ranges consecutive ranges that cover the document; empty when it is parsed at once
/// @param reason the decision in words
record SplitDecision(List<PageRange> ranges, String reason) {

  /// As many parts as the policy allows, each of them worth a request of its own.
  static SplitDecision of(PagedFormat.Estimate estimate, SplitPolicy policy) {
    long worthwhile = estimate.millis() / policy.minPartMillis();
    int count = (int) Math.min(Math.min(policy.maxParts(), worthwhile), estimate.pageCount());
    String work =
        "%,d pages, about %,d ms of work (%s)"
            .formatted(estimate.pageCount(), estimate.millis(), estimate.reason());
    if (count < 2) {
      return new SplitDecision(
          List.of(), work + ": parsed at once, a part is worth " + policy.minPartMillis() + " ms");
    }
    return new SplitDecision(
        ranges(estimate.pageCount(), count),
        "%s: split into %d parts of about %,d ms"
            .formatted(work, count, estimate.millis() / count));
  }

  private static List<PageRange> ranges(int pages, int count) {
    List<PageRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) pages * i / count) + 1;
      int last = (int) ((long) pages * (i + 1) / count);
      ranges.add(new PageRange(first, last));
    }
    return ranges;
  }
}
