package dev.sandpiper.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A declared language holds unless the words of the text are certainly another's.
@Timeout(60)
class TextLanguageTest {

  private static final String GERMAN =
      "Der Mieter hat die Wohnung und den Keller in gutem Zustand zu halten. Das gilt auch für den"
          + " Garten, der mit dem Haus gemietet ist, und nicht nur im Sommer. ";

  @TempDir Path folder;

  private @Nullable String language(String declared, String text) throws IOException {
    String page = "<html lang='" + declared + "'><body><p>" + text + "</p></body></html>";
    Path file = Files.writeString(folder.resolve("page.html"), page);
    return StandardParser.create(null)
        .parse(new ByteSource(file, "page.html"), ParseOptions.in(folder))
        .document()
        .metadata()
        .language();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | The tenant keeps the flat and the cellar in good order, and that is also true of the garden, which was let with the house.
          fr | Le locataire est tenu de garder la cave et les chambres dans un bon état, et il en va de même pour le jardin qui est loué.
          es | El inquilino debe mantener la vivienda y el sótano en buen estado, y lo mismo vale para el jardín que se alquila con la casa.
          it | Il conduttore deve tenere la casa e la cantina in buono stato, e non solo per il giardino che si affitta con la casa.
          nl | De huurder houdt het huis en de kelder in goede staat, en dat is ook zo voor de tuin die met het huis te huur is.
          pt | O inquilino deve manter a casa e a cave em bom estado, e o mesmo vale para o jardim que se aluga com a casa dos pais.
          pl | Najemca dba o to, że mieszkanie i piwnica są w dobrym stanie, i nie jest to tylko na lato, bo z ogrodem jest tak jak z domem.
          """)
  void wordsContradictTheDeclaredLanguage(String language, String sentence) throws IOException {
    assertThat(language("de-DE", (sentence + " ").repeat(12))).isEqualTo(language);
    assertThat(language(language, (sentence + " ").repeat(12))).isEqualTo(language);
  }

  @Test
  void germanInAnEnglishTemplateIsGerman() throws IOException {
    assertThat(language("en-US", GERMAN.repeat(8))).isEqualTo("de");
    assertThat(language("de-AT", GERMAN.repeat(8))).isEqualTo("de-AT");
  }

  @Test
  void fewWordsAndOtherLanguagesAreLeftAlone() throws IOException {
    assertThat(language("en-US", GERMAN.repeat(3))).isEqualTo("en-US");
    assertThat(language("lb", GERMAN.repeat(8))).isEqualTo("lb");
  }

  @Test
  void wordsWithoutSentencesProveNothing() throws IOException {
    assertThat(language("en-US", "Schraube Mutter Dichtung und Ventil ".repeat(60)))
        .isEqualTo("en-US");
  }

  @Test
  void evenMixturesAreLeftAlone() throws IOException {
    String english = "The tenant keeps the flat and the cellar in order, as it was let to her. ";
    assertThat(language("en-US", (GERMAN + english + english).repeat(6))).isEqualTo("en-US");
  }
}
