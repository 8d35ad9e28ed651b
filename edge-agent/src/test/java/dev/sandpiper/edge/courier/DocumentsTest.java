package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ObjectKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {

  private static final String HASH = "a".repeat(64);

  private final List<String> doomed = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Documents documents = new Documents(new ObjectKeys("pi"), doomed::add);

  @Test
  void aDocumentThatSeveralNeedIsLaidDownOnceAndGoesWithTheLast() throws Exception {
    take();
    take();
    assertThat(events).containsExactly("upload");
    documents.giveBack(HASH, () -> events.add("first done"));
    assertThat(doomed).isEmpty();
    documents.giveBack(HASH, () -> events.add("last done"));
    assertThat(doomed).containsExactly(documents.key(HASH));
    assertThat(events).containsExactly("upload", "first done");
    delete();
    assertThat(events).containsExactly("upload", "first done", "last done");
  }

  @Test
  void aDocumentThatIsNeededAgainBeforeItGoesIsKept() throws Exception {
    take();
    documents.giveBack(HASH, () -> events.add("done"));
    take();
    assertThat(events).containsExactly("upload", "done");
    assertThat(documents.toDelete(doomed)).isEmpty();
  }

  /// A late duplicate of a task that is over leads to a document that is gone long since.
  @Test
  void aDocumentOfAnEarlierLifeIsLaidDownAnew() throws Exception {
    documents.forget(HASH, () -> events.add("forgotten"));
    take();
    assertThat(events).contains("upload");
    assertThat(documents.toDelete(doomed)).as("it is needed now").isEmpty();
    assertThat(events).contains("forgotten");
  }

  private void take() throws InterruptedException {
    documents.take(HASH, () -> events.add("upload"));
  }

  private void delete() {
    List<String> free = documents.toDelete(doomed);
    doomed.clear();
    documents.deleted(free, true);
  }
}
