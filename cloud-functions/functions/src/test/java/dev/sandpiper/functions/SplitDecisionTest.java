package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.parser.format.PagedFormat.Estimate;
import org.junit.jupiter.api.Test;

class SplitDecisionTest {

  @Test
  void littleWorkIsDoneAtOnce() {
    SplitDecision decision =
        SplitDecision.of(new Estimate(40, 160, "text"), new SplitPolicy(4, 1_000));

    assertThat(decision.ranges()).isEmpty();
    assertThat(decision.reason())
        .isEqualTo(
            "40 pages, about 160 ms of work (text): parsed at once, a part is worth 1000 ms");
  }

  @Test
  void rangesCoverTheDocumentWithoutGap() {
    SplitDecision decision =
        SplitDecision.of(new Estimate(1_000, 3_500, "text"), new SplitPolicy(8, 1_000));

    assertThat(decision.ranges())
        .containsExactly(new PageRange(1, 333), new PageRange(334, 666), new PageRange(667, 1_000));
  }

  @Test
  void thereAreNeverMorePartsThanPages() {
    assertThat(SplitDecision.of(new Estimate(2, 90_000, "scans"), new SplitPolicy(8, 1)).ranges())
        .containsExactly(new PageRange(1, 1), new PageRange(2, 2));
  }
}
