package dev.sandpiper.edge.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.Format;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
  private final Messages messages = new Messages();

  @Test
  void englishAndGermanAreSpoken() {
    assertThat(messages.spoken()).containsExactly(Locale.ENGLISH, Locale.GERMAN);
    assertThat(messages.speaks("de")).isTrue();
    assertThat(messages.speaks("fr")).isFalse();
    assertThat(messages.speaks("../x")).isFalse();
    assertThat(messages.speaks("")).isFalse();
  }

  @Test
  void anUnknownLanguageIsAnsweredInEnglish() {
    assertThat(messages.text(Locale.FRENCH, "role.guest")).isEqualTo("a guest");
    assertThat(messages.text(Locale.ROOT, "role.guest")).isEqualTo("a guest");
    assertThat(messages.text(Locale.GERMANY, "role.guest")).isEqualTo("Gast");
  }

  @Test
  void aMissingTextIsAMistakeOfTheProgram() {
    assertThatThrownBy(() -> messages.text(Locale.ENGLISH, "no.such"))
        .hasMessage("no text is called no.such");
  }

  @Test
  void numbersAreWrittenAsTheLanguageWritesThem() {
    assertThat(messages.text(Locale.ENGLISH, "door.too-fast", 1_234)).contains("1,234");
    assertThat(messages.text(Locale.GERMAN, "door.too-fast", 1_234)).contains("1.234");
  }

  static List<String> others() {
    return new Messages()
        .spoken().stream().map(Locale::getLanguage).filter(l -> !l.equals("en")).toList();
  }

  @ParameterizedTest
  @MethodSource("others")
  void everyLanguageSaysTheSame(String language) {
    Map<String, String> english = messages.language("en");
    Map<String, String> other = messages.language(language);
    assertThat(new TreeSet<>(other.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    assertThat(arguments(other)).isEqualTo(arguments(english));
    assertThat(code(other)).isEqualTo(code(english));
  }

  /// An apostrophe would quote what follows it, a line break would tear a properties file's line.
  @ParameterizedTest
  @CsvSource({"en", "de"})
  void everyTextIsAPattern(String language) {
    messages
        .language(language)
        .forEach((key, pattern) -> {
          assertThat(pattern).as(key).doesNotContain("'").isNotBlank();
          new MessageFormat(pattern, Locale.forLanguageTag(language));
        });
  }

  @ParameterizedTest
  @CsvSource({"Messages.properties", "Messages_de.properties"})
  void noKeyStandsTwice(String file) throws Exception {
    List<String> seen = new java.util.ArrayList<>();
    Properties counting =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            seen.add(String.valueOf(key));
            return super.put(key, value);
          }
        };
    try (Reader reader =
        new InputStreamReader(Messages.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      counting.load(reader);
    }
    assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThan(5);
  }

  private static Map<String, String> arguments(Map<String, String> texts) {
    Map<String, String> arguments = new TreeMap<>();
    texts.forEach((key, pattern) -> {
      Format[] formats = new MessageFormat(pattern, Locale.ROOT).getFormatsByArgumentIndex();
      TreeSet<String> used = new TreeSet<>();
      Pattern.compile("\\{(\\d+)").matcher(pattern).results().forEach(m -> used.add(m.group(1)));
      arguments.put(key, formats.length + " " + used);
    });
    return arguments;
  }

  /// Commands and code are the same in every language.
  private static Map<String, List<String>> code(Map<String, String> texts) {
    Map<String, List<String>> code = new TreeMap<>();
    texts.forEach((key, pattern) ->
        code.put(
            key,
            Arrays.stream(pattern.split("[^/`A-Za-z-]+"))
                .filter(word -> word.startsWith("/") && word.length() > 2)
                .sorted()
                .toList()));
    return code;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain name.pdf | plain name.pdf",
        "*bold* _it_ `c` | \\*bold\\* \\_it\\_ \\`c\\`",
        "[a](http://b) | \\[a\\](http://b)",
        "<b>&amp; # @everyone ~x~ | \\<b\\>\\&amp; \\# \\@everyone \\~x\\~",
      })
  void textFromOutsideFormsNothing(String from, String to) {
    assertThat(Markdown.plain(from, 100)).isEqualTo(to);
  }

  @Test
  void aNameIsOneShortLine() {
    assertThat(Markdown.plain("a\nb\u202ec\u0007", 100)).isEqualTo("a b c");
    assertThat(Markdown.plain("😀".repeat(5), 3)).isEqualTo("😀😀…");
    assertThat(Markdown.plain("abc", 3)).isEqualTo("abc");
    assertThat(Markdown.code("a`b\n", 9)).isEqualTo("`aˋb`");
  }
}
