package dev.sandpiper.edge.burst.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {

  private final Share share = new Share(64);

  @Test
  void itGrowsWhileItIsUsedUpAndAnswered() {
    answer(1_000);
    assertThat(share.size()).isEqualTo(64);
  }

  @Test
  void itDoesNotGrowWhileThereIsRoom() {
    for (int i = 0; i < 100; i++) {
      share.begin();
      share.answered(1);
    }
    assertThat(share.size()).isEqualTo(8);
  }

  @Test
  void oneFloodOfThrottlesHalvesItOnce() {
    answer(1_000);
    long first = share.begin();
    long last = first;
    for (int i = 0; i < 63; i++) {
      last = share.begin();
    }
    for (long number = first; number <= last; number++) {
      assertThat(share.throttled(number)).isFalse();
    }
    assertThat(share.size()).isEqualTo(32);
    share.throttled(share.begin());
    assertThat(share.size()).isEqualTo(16);
  }

  @Test
  void afterAThrottleItGrowsByOneForEachRound() {
    answer(1_000);
    share.throttled(share.begin());
    answer(33);
    assertThat(share.size()).isBetween(32, 33);
  }

  @Test
  void withNothingLeftToHalveItSaysSo() {
    for (int i = 0; i < 3; i++) {
      assertThat(share.throttled(share.begin())).isFalse();
    }
    assertThat(share.size()).isEqualTo(1);
    assertThat(share.throttled(share.begin())).isTrue();
    assertThat(share.size()).isEqualTo(1);
  }

  private void answer(int count) {
    for (int i = 0; i < count; i++) {
      share.begin();
      share.answered(share.size());
    }
  }
}
