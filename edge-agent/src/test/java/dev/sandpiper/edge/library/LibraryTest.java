package dev.sandpiper.edge.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.PageRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LibraryTest extends OpenLibrary {

  @Test
  void sameBytesAreOneDocumentHoweverOftenTheyArrive() throws IOException {
    long batch = database.<Long>write(tx -> library.openBatch(tx, "scans"));
    Arrival first = arrive("a.pdf", "same", batch);
    Arrival second = arrive("copy of a.pdf", "same", batch);
    arrive("b.pdf", "other", batch);
    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.document()).isEqualTo(first.document());
    parsed(first.document(), null, "text");
    assertThat(arrive("again.pdf", "same", null).document().state())
        .isEqualTo(DocumentState.PARSED);
    assertThat(library.batch(batch))
        .contains(new BatchProgress(batch, "scans", NOW, 3, 1, 2, 0, 0));
    assertThat(library.batch(99)).isEmpty();
  }

  @Test
  void documentIsFoundByHashBeginningOrName() throws IOException {
    DocumentInfo document = arrive("Müller 请求.pdf", "x", null).document();
    assertThat(library.find(document.sha256())).contains(document);
    assertThat(library.find(document.sha256().substring(0, 8))).contains(document);
    assertThat(library.find("Müller 请求.pdf")).contains(document);
    assertThat(library.find("abc")).isEmpty();
    assertThat(library.list(DocumentFilter.newest(5))).containsExactly(document);
  }

  @Test
  void failureAndParkingAreTold() throws IOException {
    DocumentInfo document = arrive("a.pdf", "x", null).document();
    write(tx -> library.storeFailed(tx, document.sha256(), "encrypted", "Needs a key."));
    assertThat(library.find("a.pdf"))
        .get()
        .extracting(DocumentInfo::state, DocumentInfo::code, DocumentInfo::message)
        .containsExactly(DocumentState.FAILED, "encrypted", "Needs a key.");
    assertThatThrownBy(
            () -> library.writeMarkdown(document.sha256(), OutputStream.nullOutputStream()))
        .hasMessage("a.pdf is not parsed: Needs a key.");
    write(tx -> library.storeParked(tx, document.sha256(), "poison"));
    assertThat(library.find("a.pdf").orElseThrow().state()).isEqualTo(DocumentState.PARKED);
    write(tx -> library.storePending(tx, document.sha256()));
    assertThat(library.find("a.pdf").orElseThrow().state()).isEqualTo(DocumentState.PENDING);
  }

  @Test
  void searchFindsWordsPhrasesPrefixesAccentsAndChinese() throws IOException {
    add("tax.pdf", "Steuererklärung", "Die Überweisung an Frau Müller war am 3. Mai fällig.");
    add("memo.txt", null, "Quarterly revenue grew; the naïve forecast missed the quick brown fox.");
    add("zh.docx", null, "本合同由甲乙双方签订，付款期限为三十天。");
    add("jp.docx", null, "これは東京タワーの写真です。");
    add("kr.docx", null, "계약서를 검토했습니다.");
    assertThat(find("muller")).containsExactly("tax.pdf");
    assertThat(find("ÜBERWEISUNG mai")).containsExactly("tax.pdf");
    assertThat(find("naive")).containsExactly("memo.txt");
    assertThat(find("\"quick brown\"")).containsExactly("memo.txt");
    assertThat(find("\"brown quick\"")).isEmpty();
    assertThat(find("quart*")).containsExactly("memo.txt");
    assertThat(find("quart")).isEmpty();
    assertThat(find("付款期限")).containsExactly("zh.docx");
    assertThat(find("期限付款")).isEmpty();
    assertThat(find("写真です")).containsExactly("jp.docx");
    assertThat(find("東京")).containsExactly("jp.docx");
    assertThat(find("タワー")).containsExactly("jp.docx");
    assertThat(find("계약")).containsExactly("kr.docx");
    assertThat(find("revenue -fox")).isEmpty();
    assertThat(find("steuererklarung")).containsExactly("tax.pdf");
    assertThat(find("memo")).containsExactly("memo.txt");
  }

  @Test
  void titleCountsMoreThanText() throws IOException {
    add("text.pdf", "Something", "budget ".repeat(2) + "and other words of a longer text");
    add("title.pdf", "Budget", "Nothing else here that would matter for this question at all");
    assertThat(find("budget")).containsExactly("title.pdf", "text.pdf");
  }

  @Test
  void hitShowsTheChunkThatHasTheWordWhenTheTitleHasItToo() throws IOException {
    DocumentInfo document = arrive("boiler.pdf", "x", null).document();
    Chunk brief = new Chunk("c1", 0, List.of(), null, null, "In ten days.");
    Chunk telling =
        new Chunk("c2", 1, List.of(), null, null, "At length " + "and ".repeat(90) + "a boiler.");
    store(document, meta("application/pdf", "Boiler", null), List.of(brief, telling));
    SearchHit hit = library.search(SearchQuery.parse("boiler")).hits().getFirst();
    assertThat(hit.snippet().text()).contains("a boiler");
  }

  @Test
  void filtersNarrowASearch() throws IOException {
    DocumentInfo old = arrive("old.pdf", "1", null).document();
    parsed(old, meta("application/pdf", null, Instant.parse("2024-06-01T00:00:00Z")), "invoice");
    DocumentInfo recent = arrive("new.pdf", "2", null).document();
    parsed(recent, meta("application/pdf", null, Instant.parse("2026-02-01T00:00:00Z")), "invoice");
    DocumentInfo mail = arrive("mail.eml", "3", null).document();
    parsed(mail, meta("message/rfc822", null, Instant.parse("2026-03-01T00:00:00Z")), "invoice");
    write(tx -> library.tag(tx, mail.sha256(), Set.of("tax", "2026")));
    assertThat(find("invoice type:pdf")).containsExactlyInAnyOrder("old.pdf", "new.pdf");
    assertThat(find("invoice after:2026")).containsExactlyInAnyOrder("new.pdf", "mail.eml");
    assertThat(find("invoice before:2026-01-01")).containsExactly("old.pdf");
    assertThat(find("invoice tag:tax")).containsExactly("mail.eml");
    assertThat(find("tag:tax")).containsExactly("mail.eml");
    assertThat(library.find("mail.eml").orElseThrow().tags()).containsExactly("2026", "tax");
    assertThat(library.search(SearchQuery.parse("invoice after:tomorrow")).notes())
        .containsExactly("Ignored after:tomorrow: write a date like 2025-01-31, 2025-01 or 2025.");
  }

  @Test
  void hitTellsPlaceAndMarksWhatWasFound() throws IOException {
    DocumentInfo document = arrive("book.pdf", "x", null).document();
    String text = "word ".repeat(200) + "<b>the\nRésumé of it all</b> " + "tail ".repeat(200);
    Chunk chunk =
        new Chunk("c1", 0, List.of("Part I", "Ends"), new PageRange(7, 8), "slide 3", text);
    store(document, meta("application/pdf", "Book", null), List.of(chunk));
    SearchHit hit = library.search(SearchQuery.parse("resume")).hits().getFirst();
    assertThat(hit.headings()).containsExactly("Part I", "Ends");
    assertThat(hit.pages()).isEqualTo(new PageRange(7, 8));
    assertThat(hit.place()).isEqualTo("slide 3");
    String marked = hit.snippet().marked("[", "]", UnaryOperator.identity());
    assertThat(marked).startsWith("… ").endsWith(" …").contains(" the [Résumé] of it all ");
    assertThat(marked.length()).isLessThan(260);
  }

  @Test
  void oneHitPerDocumentInPages() throws IOException {
    for (int i = 0; i < 7; i++) {
      DocumentInfo document = arrive(i + ".pdf", "n" + i, null).document();
      store(document, meta("application/pdf", null, null), chunks(5, "needle in a haystack"));
    }
    SearchQuery query = SearchQuery.parse("needle");
    SearchPage first = library.search(query.page(0, 4));
    SearchPage second = library.search(query.page(4, 4));
    assertThat(first.hasMore()).isTrue();
    assertThat(second.hasMore()).isFalse();
    assertThat(Stream.concat(first.hits().stream(), second.hits().stream()))
        .extracting(hit -> hit.document().name())
        .doesNotHaveDuplicates()
        .hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "-",
        "--",
        "(",
        ")",
        "a AND",
        "NOT",
        "NEAR(",
        "a OR b",
        "^x",
        "title:x",
        "text : x",
        "a\"b",
        "\"unclosed",
        "😀",
        "😀*",
        "'; DROP TABLE jobs; --",
        "a+b",
        "{title}: x",
        "type:",
        "after:",
        "tag:\"two words\"",
        "\0",
        "\uD83D",
        "-only",
        "Ⅷ ½ ²",
        "e\u0301clair",
        "\u0301",
        "a:b:c",
        "*a",
        "\"a\"*",
        "-\"a b\"",
        "عربى",
        "ß",
        "ﷺ",
        "ก็",
        "㈱"
      })
  void nothingAPersonTypesThrows(String input) throws IOException {
    add("some.txt", "Title", "a b éclair Ⅷ text " + input);
    assertThatCode(() -> library.search(SearchQuery.parse(input))).doesNotThrowAnyException();
  }

  @Test
  void randomInputNeverThrows() throws IOException {
    add("some.txt", "Title", "a few words");
    String alphabet = "ab\"*-():^{}+'\\ \t\u0000中é😀:type:after:tagNEARANDORNOT,.%_";
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder input = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        input.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThatCode(() -> library.search(SearchQuery.parse(input.toString())))
          .as("seed %d: %s", seed, input)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void exportStreamsTheStoredResult() throws IOException {
    DocumentInfo document = add("a.md", "T", "one");
    ByteArrayOutputStream markdown = new ByteArrayOutputStream();
    library.writeMarkdown(document.sha256(), markdown);
    assertThat(markdown.toString(StandardCharsets.UTF_8)).isEqualTo("# Title\n\nonetwo");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    library.writeJson(document.sha256(), json);
    assertThat(json.toByteArray())
        .isEqualTo(Files.readAllBytes(blobs.path(result(document).orElseThrow())));
  }

  @Test
  void resultStoredTwiceIsIndexedOnce() throws IOException {
    DocumentInfo document = add("a.txt", "First", "apple");
    parsed(document, meta("text/plain", "Second", null), "pear");
    assertThat(find("apple")).isEmpty();
    assertThat(find("first")).isEmpty();
    assertThat(find("pear")).containsExactly("a.txt");
  }
}
