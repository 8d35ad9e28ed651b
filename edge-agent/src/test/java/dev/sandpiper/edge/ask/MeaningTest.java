package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.library.Vectors;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.work.embed.EmbedWork;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Finding passages by meaning, with a model whose meanings are a table.
@Timeout(120)
class MeaningTest extends Desk {
  private static final Map<String, String> MEANINGS =
      Map.of(
          "automobile", "vehicle", "vehicle", "vehicle", "car", "vehicle", "deductible", "excess");

  /// Every word has a direction; words of one meaning have the same.
  private static final class Meanings implements EmbeddingModel {
    final List<String> texts = new ArrayList<>();
    String name = "meanings";
    int batchesLeft = Integer.MAX_VALUE;
    ModelException.Kind kind = ModelException.Kind.RATE_LIMITED;

    @Override
    public String name() {
      return name;
    }

    @Override
    public Embedded embed(List<String> asked) throws ModelException {
      if (batchesLeft-- <= 0) {
        throw new ModelException(kind, "meanings is busy", null);
      }
      texts.addAll(asked);
      return new Embedded(asked.stream().map(Meanings::vector).toList(), Usage.NONE);
    }

    private static float[] vector(String text) {
      float[] vector = new float[256];
      for (String word : Tokens.of(text)) {
        String meaning = MEANINGS.getOrDefault(word, word);
        vector[Math.floorMod(meaning.hashCode() * 31, 256)] +=
            MEANINGS.containsValue(meaning) ? 3 : 0.3f;
      }
      double length = 0;
      for (float value : vector) {
        length += value * value;
      }
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= (float) Math.max(1e-6, Math.sqrt(length));
      }
      return vector;
    }
  }

  private final Meanings meanings = new Meanings();

  private EmbedWork work(ScriptedModels models, int most) {
    models.embedding = meanings;
    Journal journal =
        new Journal(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            () -> NOW);
    return new EmbedWork(database, queue, new Vectors(database, most), models, journal);
  }

  private Optional<Job> next() {
    return queue.view().list(JobFilter.in(JobState.READY, 5)).stream().findFirst();
  }

  private void runAll(EmbedWork work) throws InterruptedException {
    for (Optional<Lease> lease = queue.claim(Lane.DOCUMENTS);
        lease.isPresent();
        lease = queue.claim(Lane.DOCUMENTS)) {
      work.run(lease.get());
    }
  }

  private long vectors() {
    return database.read(
        tx -> tx.queryOne("SELECT count(*) FROM vectors", row -> row.number(1)).orElseThrow());
  }

  private long chunks() {
    return database.read(
        tx -> tx.queryOne("SELECT count(*) FROM chunks", row -> row.number(1)).orElseThrow());
  }

  @Test
  void everyPassageGetsAVectorAndLosesItWithItsDocument() throws Exception {
    household();
    EmbedWork work = work(ScriptedModels.saying(""), 1_000);
    work.start(Set.of("parse"));
    runAll(work);
    assertThat(vectors()).isEqualTo(chunks()).isGreaterThan(20);
    assertThat(meanings.texts).hasSize((int) chunks());
    work.start(Set.of("parse"));
    assertThat(next()).isEmpty();
    library.delete(library.find("mietvertrag.pdf").orElseThrow().sha256());
    assertThat(vectors()).isEqualTo(chunks());
  }

  @Test
  void whatIsOtherwiseSaidIsFound() throws Exception {
    household();
    ScriptedModels models = ScriptedModels.saying("NOT_FOUND");
    String question = "Deductible of my automobile?";
    ask(librarian(models), ADA, question);
    assertThat(models.asked.toString()).doesNotContain("car-insurance.pdf");
    EmbedWork work = work(models, 1_000);
    work.start(Set.of());
    runAll(work);
    ask(librarian(models), ADA, question);
    assertThat(models.asked.getLast().toString()).contains("car-insurance.pdf");
    meanings.batchesLeft = 0;
    ask(librarian(models), ADA, "How long is the warranty of the boiler?");
    assertThat(models.asked.getLast().toString()).contains("boiler-warranty.pdf");
  }

  @Test
  void anEndInBetweenLosesNothing() throws Exception {
    household();
    filler(40);
    meanings.batchesLeft = 3;
    EmbedWork work = work(ScriptedModels.saying(""), 1_000);
    work.start(Set.of());
    work.run(queue.claim(Lane.DOCUMENTS).orElseThrow());
    long before = vectors();
    assertThat(before).isPositive().isLessThan(chunks());
    Job job = next().orElseThrow();
    assertThat(job.reason()).isEqualTo("meanings is busy");
    meanings.batchesLeft = Integer.MAX_VALUE;
    write(tx -> tx.update("UPDATE jobs SET due=0 WHERE id=?", job.id()));
    runAll(work);
    assertThat(vectors()).isEqualTo(chunks());
    assertThat(meanings.texts).hasSize((int) chunks());
  }

  @Test
  void oneJobIsEnoughAndAParkedOneIsReplaced() throws Exception {
    household();
    meanings.batchesLeft = 0;
    meanings.kind = ModelException.Kind.UNAUTHORIZED;
    EmbedWork work = work(ScriptedModels.saying(""), 1_000);
    work.start(Set.of("parse"));
    work.start(Set.of("parse"));
    assertThat(queue.view().list(JobFilter.newest(10))).hasSize(1);
    work.run(queue.claim(Lane.DOCUMENTS).orElseThrow());
    assertThat(queue.view().list(JobFilter.in(JobState.PARKED, 10))).hasSize(1);
    meanings.batchesLeft = Integer.MAX_VALUE;
    write(tx -> queue.enqueue(tx, NewJob.of("parse", Priority.BULK, "a".repeat(64), "{}")));
    Lease parse = queue.claim(Lane.DOCUMENTS).orElseThrow();
    write(tx -> queue.finish(tx, parse, "{}"));
    assertThat(queue.view().list(JobFilter.in(JobState.PARKED, 10))).isEmpty();
    runAll(work);
    assertThat(vectors()).isEqualTo(chunks());
  }

  @Test
  void vectorsOfAnotherModelAreMadeAnewAndNeverCompared() throws Exception {
    household();
    EmbedWork work = work(ScriptedModels.saying(""), 1_000);
    work.start(Set.of());
    runAll(work);
    float[] question = Meanings.vector("boiler warranty");
    Vectors store = new Vectors(database, 1_000);
    meanings.name = "other";
    assertThat(store.nearest("other", question, Scope.ALL, 5)).isEmpty();
    work.start(Set.of());
    runAll(work);
    assertThat(vectors()).isEqualTo(chunks());
    assertThat(store.nearest("meanings", question, Scope.ALL, 5)).isEmpty();
    assertThat(store.nearest("other", question, Scope.ALL, 5))
        .hasSize(5)
        .extracting(Passage::score)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(store.nearest("other", question, new Scope(Scope.ALL.facets(), 3L), 5)).isEmpty();
  }

  @Test
  void theNumberIsBounded() throws Exception {
    household();
    filler(30);
    EmbedWork work = work(ScriptedModels.saying(""), 20);
    work.start(Set.of());
    runAll(work);
    assertThat(vectors()).isBetween(20L, 25L);
    EmbedWork none = work(ScriptedModels.saying(""), 0);
    none.start(Set.of());
    assertThat(next()).isEmpty();
  }
}
