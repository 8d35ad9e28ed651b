package dev.sandpiper.parser;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Corrects the language of a document where the script or the words of its text contradict it:
/// programs write the language of their template, whatever is typed.
///
/// A script of one language names it; of another only the script is known (`und-Cyrl`). What could
/// be true is left alone.
final class TextLanguage {

  private static final int SAMPLE = 4_000;
  private static final int LEAST_LETTERS = 20;

  /// A script as it tells languages apart.
  ///
  /// @param tag the language, or `und-` and the script
  /// @param languages primary tags that are written in it
  private record Writing(String tag, Set<String> languages) {
    boolean namesLanguage() {
      return !tag.startsWith("und");
    }
  }

  private static final Map<UnicodeScript, Writing> WRITINGS =
      Map.of(
          UnicodeScript.HIRAGANA,
          new Writing("ja", Set.of("ja")),
          UnicodeScript.HANGUL,
          new Writing("ko", Set.of("ko")),
          UnicodeScript.HAN,
          new Writing("zh", Set.of("zh", "ja", "ko", "yue", "lzh")),
          UnicodeScript.THAI,
          new Writing("th", Set.of("th")),
          UnicodeScript.GREEK,
          new Writing("el", Set.of("el", "grc")),
          UnicodeScript.HEBREW,
          new Writing("he", Set.of("he", "iw", "yi", "ji")),
          UnicodeScript.ARABIC,
          new Writing("und-Arab", Set.of("ar", "fa", "ur", "ps", "ku", "ckb", "ug", "sd", "az")),
          UnicodeScript.CYRILLIC,
          new Writing(
              "und-Cyrl",
              Set.of("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "uz", "az")),
          UnicodeScript.DEVANAGARI,
          new Writing("und-Deva", Set.of("hi", "mr", "ne", "sa")));

  private final Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
  private final FunctionWords words = new FunctionWords();
  private int letters;

  private TextLanguage() {}

  /// The document, with another language when its text says so.
  static Document check(Document document) {
    TextLanguage text = new TextLanguage();
    text.count(document.blocks());
    Metadata told = document.metadata();
    String language = text.corrected(told.language());
    if (Objects.equals(language, told.language())) {
      return document;
    }
    Metadata better =
        new Metadata(
            told.title(),
            told.authors(),
            told.created(),
            told.modified(),
            language,
            told.producer(),
            told.properties());
    return new Document(better, document.pageCount(), document.blocks());
  }

  private @Nullable String corrected(@Nullable String told) {
    UnicodeScript script = script();
    if (letters < LEAST_LETTERS || script == null) {
      return told;
    }
    String primary = told == null ? "" : told.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    Writing writing = WRITINGS.get(script);
    if (writing == null) {
      // Latin letters: many languages could be true, those below are not.
      boolean foreign =
          Set.of("ja", "ko", "zh", "th", "el", "he", "ar", "fa", "ru").contains(primary);
      String better = words.insteadOf(primary);
      return foreign ? null : better == null ? told : better;
    }
    boolean possible =
        writing.languages().contains(primary) || (told == null && !writing.namesLanguage());
    return possible ? told : writing.tag();
  }

  /// The script of most letters; `null` when there is none. Kana are few among Chinese characters
  /// and make the text Japanese all the same.
  private @Nullable UnicodeScript script() {
    int kana = counts.getOrDefault(UnicodeScript.HIRAGANA, 0);
    int han = counts.getOrDefault(UnicodeScript.HAN, 0);
    if (kana * 10 > letters && (kana + han) * 2 > letters) {
      return UnicodeScript.HIRAGANA;
    }
    for (Map.Entry<UnicodeScript, Integer> count : counts.entrySet()) {
      int least = count.getKey() == UnicodeScript.LATIN ? letters * 9 / 10 : letters / 2;
      if (count.getValue() > least) {
        return count.getKey();
      }
    }
    return null;
  }

  private void count(List<Block> blocks) {
    for (Block block : blocks) {
      if (letters >= SAMPLE) {
        return;
      }
      switch (block) {
        case Block.Heading heading -> count(heading.text().plain());
        case Block.Paragraph paragraph -> count(paragraph.text().plain());
        case Block.ListBlock list -> list.items().forEach(item -> count(item.content()));
        case Block.Table table ->
            table.rows().forEach(row -> row.cells().forEach(cell -> count(cell.content())));
        case Block.Quote quote -> count(quote.content());
        case Block.Note note -> count(note.content());
        case Block.Code _, Block.Image _, Block.Rule _, Block.PageBreak _ -> {}
      }
    }
  }

  private void count(String text) {
    words.add(text);
    for (int i = 0; i < text.length() && letters < SAMPLE; i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c)) {
        UnicodeScript script = UnicodeScript.of(c);
        boolean kana = script == UnicodeScript.KATAKANA;
        counts.merge(kana ? UnicodeScript.HIRAGANA : script, 1, Integer::sum);
        letters++;
      }
    }
  }
}
