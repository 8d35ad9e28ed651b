package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.courier.Post.Delivery;
import dev.sandpiper.edge.courier.Post.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every post does. Jobs and results are one queue here, so that what is sent comes back.
@Timeout(120)
abstract class PostContract {

  /// A post whose queue is empty.
  abstract Post post();

  @Test
  void aFullBatchComesBackWhole() {
    List<Letter> letters =
        IntStream.range(0, Post.MOST)
            .mapToObj(i -> new Letter("id" + i, "body ä€𝄞 " + i))
            .toList();
    assertThat(post().send(letters)).isEmpty();
    List<Delivery> received = receive(Post.MOST);
    assertThat(received)
        .extracting(Delivery::body)
        .containsExactlyInAnyOrderElementsOf(letters.stream().map(Letter::body).toList());
    assertThat(post().delete(received.stream().map(Delivery::receipt).toList())).isZero();
    assertThat(post().jobsWaiting()).isEqualTo("0 waiting, 0 being worked on");
  }

  @Test
  void aBatchOfTheLargestWeightIsTaken() {
    List<Letter> letters =
        List.of(
            new Letter("a", "a".repeat(Post.MOST_BYTES / 2 - 200)),
            new Letter("b", "b".repeat(Post.MOST_BYTES / 2 - 200)));
    assertThat(letters.stream().mapToInt(Letter::weight).sum()).isEqualTo(Post.MOST_BYTES);
    assertThat(post().send(letters)).isEmpty();
    List<Delivery> received = receive(2);
    assertThat(post().delete(received.stream().map(Delivery::receipt).toList())).isZero();
  }

  @Test
  void anEmptyQueueGivesNothing() {
    assertThat(post().receive(1)).isEmpty();
  }

  @Test
  void aMessageDeletedTwiceIsDeleted() {
    assertThat(post().send(List.of(new Letter("a", "once")))).isEmpty();
    List<String> receipts = receive(1).stream().map(Delivery::receipt).toList();
    assertThat(post().delete(receipts)).isZero();
    assertThat(post().delete(receipts)).isZero();
  }

  private List<Delivery> receive(int most) {
    List<Delivery> all = new ArrayList<>();
    while (all.size() < most) {
      all.addAll(post().receive(5));
    }
    return all;
  }
}
