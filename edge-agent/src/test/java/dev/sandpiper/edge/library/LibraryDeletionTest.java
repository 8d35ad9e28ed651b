package dev.sandpiper.edge.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.store.Blob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is deleted is really gone, and a long result is seen whole or not at all.
@Timeout(120)
class LibraryDeletionTest extends OpenLibrary {

  @Test
  void deletedDocumentIsGoneFromTheDisk() throws IOException {
    add("other.txt", null, "harmless neighbour");
    DocumentInfo document = arrive("Geheimplan.txt", "topsecretsource", null).document();
    database.<Long>write(tx ->
        queue.enqueue(
            tx, NewJob.of("parse", Priority.CHAT, document.sha256(), "{\"n\":\"Geheimplan\"}")));
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      chunks.add(chunk(i, "xylophonic zanzibar " + "padding ".repeat(50) + " quokka" + i));
    }
    store(document, meta("text/plain", "Wunderwaffe", null), chunks);
    assertThat(find("xylophonic")).containsExactly("Geheimplan.txt");
    String result = result(document).orElseThrow();

    assertThat(library.delete(document.sha256())).isTrue();

    assertThat(find("xylophonic")).isEmpty();
    assertThat(find("neighbour")).containsExactly("other.txt");
    assertThat(library.find(document.sha256())).isEmpty();
    assertThat(blobs.exists(document.sha256())).isFalse();
    assertThat(blobs.exists(result)).isFalse();
    assertThat(queue.claim()).isEmpty();
    assertThat(queue.view().counts().get(JobState.CANCELLED)).isEqualTo(1);
    assertThat(library.delete(document.sha256())).isFalse();
    assertOnDiskNowhere("xylophonic", "zanzibar", "quokka", "Geheimplan", "Wunderwaffe");
    assertOnDiskNowhere("geheimplan", "wunderwaffe", document.sha256());
  }

  @Test
  void documentThatArrivesAgainDuringItsDeletionIsRefusedOrKept() throws IOException {
    DocumentInfo document = add("a.txt", null, "text");
    library.delete(document.sha256());
    assertThatThrownBy(() ->
            database.<Arrival>write(
                tx -> library.record(tx, arrival("a.txt", document.sha256(), 4, null))))
        .isInstanceOf(SourceGoneException.class)
        .hasMessage("a.txt was deleted from the library while it was arriving. Send it again.");
    assertThat(arrive("a.txt", "text", null).isNew()).isTrue();
  }

  @Test
  void twentyThousandChunksStreamIn() throws IOException {
    DocumentInfo document = arrive("big.pdf", "big", null).document();
    Random random = new Random(3);
    String[] words = new String[5000];
    for (int i = 0; i < words.length; i++) {
      words[i] = "w" + Integer.toString(random.nextInt(1 << 24), 36);
    }
    Path file = blobs.tempFile();
    ContentSource content =
        sink -> {
          for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 60; w++) {
              text.append(words[random.nextInt(words.length)]).append(' ');
            }
            sink.chunk(chunk(i, text.toString()));
          }
        };
    ParseReply.Parsed reply = reply("r", meta("application/pdf", "Big", null));
    try (OutputStream out = Files.newOutputStream(file)) {
      ReplyJson.write(reply, content, out);
    }
    Blob blob = blobs.adopt(file, file.toString());
    long start = System.nanoTime();
    takeIn(document, new ParsedResult(reply, blob.sha256(), blob.size()));
    assertThat(library.find("big.pdf").orElseThrow().chunks()).isEqualTo(20_000);
    assertThat(find(words[17])).containsExactly("big.pdf");
    // On a machine that does other work too, more than this cannot be told from its load.
    Duration most = Duration.ofSeconds(Boolean.getBoolean("sandpiper.proof") ? 30 : 100);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
    assertThat(library.delete(document.sha256())).isTrue();
    assertThat(find(words[17])).isEmpty();
    assertOnDiskNowhere(words[17], words[18]);
  }

  @Test
  void longResultIsSeenWholeOrNotAtAll() throws IOException {
    DocumentInfo document = arrive("long.pdf", "long", null).document();
    ParsedResult result = alpacas();
    AtomicInteger asked = new AtomicInteger();

    assertThat(library.index(document.sha256(), result, _ -> asked.incrementAndGet() < 3))
        .isEmpty();
    assertThat(find("number17")).isEmpty();
    assertThat(find("title")).isEmpty();
    IndexedResult indexed = library.index(document.sha256(), result, _ -> true).orElseThrow();
    assertThat(find("number17")).isEmpty();
    write(tx -> library.storeParsed(tx, document.sha256(), indexed));

    assertThat(find("number17")).containsExactly("long.pdf");
    assertThat(find("number999")).containsExactly("long.pdf");
    assertThat(library.find(document.sha256()).orElseThrow().chunks()).isEqualTo(1_000);
    long words =
        database.<Long>read(tx ->
            tx.queryOne(
                    "SELECT count(*) FROM chunk_words WHERE chunk_words MATCH 'alpaca'",
                    row -> row.number(1))
                .orElseThrow());
    assertThat(words).isEqualTo(1_000);
    assertThat(library.delete(document.sha256())).isTrue();
    assertOnDiskNowhere("alpaca");
  }

  @Test
  void whatAnAttemptLeftBehindIsGoneWithTheDocument() throws IOException {
    DocumentInfo document = arrive("long.pdf", "long", null).document();
    ParsedResult result = alpacas();
    AtomicInteger asked = new AtomicInteger();
    assertThat(library.index(document.sha256(), result, _ -> asked.incrementAndGet() < 3))
        .isEmpty();

    assertThat(library.delete(document.sha256())).isTrue();
    assertThat(blobs.exists(result.sha256())).isTrue();
    blobs.delete(result.sha256());
    assertOnDiskNowhere("alpaca");
  }

  @Test
  @Timeout(120)
  void longDocumentIsDeletedWhileItIsTakenIn() throws IOException {
    DocumentInfo document = arrive("long.pdf", "long", null).document();
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      chunks.add(chunk(i, "alpaca " + "padding ".repeat(40) + "number" + i));
    }
    ParsedResult result = stored(meta("application/pdf", "Title", null), chunks);
    AtomicInteger asked = new AtomicInteger();
    assertThat(library.index(document.sha256(), result, _ -> asked.incrementAndGet() < 90))
        .isEmpty();

    assertThat(library.delete(document.sha256())).isTrue();
    blobs.delete(result.sha256());
    assertOnDiskNowhere("alpaca");
  }

  /// A result of a thousand chunks.
  private ParsedResult alpacas() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      chunks.add(chunk(i, "alpaca number" + i));
    }
    return stored(meta("application/pdf", "Title", null), chunks);
  }
}
