package dev.sandpiper.edge.llm.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptsTest {

  @TempDir Path own;

  /// The index, which a program in a jar cannot do without, says what is in the folder.
  @Test
  void everyPromptIsInTheIndexAndCanBeRead() throws IOException {
    Path folder = Path.of("src/main/resources/dev/sandpiper/edge/llm/prompts");
    Prompts prompts = new Prompts(own);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> folders =
          files.filter(Files::isDirectory).map(file -> file.getFileName().toString()).toList();
      assertThat(prompts.names()).containsExactlyInAnyOrderElementsOf(folders);
    }
    for (String name : prompts.names()) {
      try (Stream<Path> files = Files.list(folder.resolve(name))) {
        assertThat(prompts.versions(name)).hasSize((int) files.count());
      }
      assertThat(prompts.versions(name)).allSatisfy(prompt -> prompt.placeholders());
    }
  }

  @Test
  void aHashNeverChangesForTheSameWords() {
    assertThat(new Prompt("ask", 2, false, "Answer {{question}}.").hash())
        .isEqualTo("ad4e8918e7510eb9");
    assertThat(new Prompt("other", 1, true, "Answer {{question}}.").hash())
        .isEqualTo(new Prompt("ask", 2, false, "Answer {{question}}.").hash());
  }

  @Test
  void lineEndsDoNotMakeAnotherPrompt() throws IOException {
    write("check/2.md", "one\r\ntwo\r\n\r\n");
    String windows = new Prompts(own).newest("check").hash();
    write("check/2.md", "one\ntwo\n");
    assertThat(new Prompts(own).newest("check").hash()).isEqualTo(windows);
  }

  @Test
  void anOwnFileTakesThePlaceOfOurs() throws IOException {
    Prompts prompts = new Prompts(own);
    assertThat(prompts.newest("check").own()).isFalse();
    write("check/1.md", "Say yes.");
    assertThat(prompts.newest("check")).isEqualTo(new Prompt("check", 1, true, "Say yes."));
    assertThat(prompts.builtIn("check", 1)).get().extracting(Prompt::own).isEqualTo(false);
    write("check/2.md", "Say no.");
    assertThat(prompts.newest("check").id()).isEqualTo("check/2");
    assertThat(prompts.find("check/1")).get().extracting(Prompt::text).isEqualTo("Say yes.");
    assertThat(prompts.find("check/3")).isEmpty();
    assertThat(prompts.find("nothing/1")).isEmpty();
    assertThat(prompts.find("../../x/1")).isEmpty();
  }

  @Test
  void anOwnFileMustHoldTheSamePlaceholders() throws IOException {
    Path file = write("check/1.md", "Say {{word}}.");
    assertThatThrownBy(() -> new Prompts(own).newest("check"))
        .isInstanceOf(PromptException.class)
        .hasMessage(
            "The prompt file %s must hold the placeholders none, and holds {{word}}. Mend it, or"
                    .formatted(file)
                + " remove it to use the one that comes with Sandpiper.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{Word}}", "{{ word }}", "{{word}", "a }} b", "{{}}", "{{a}}}}"})
  void whatLooksLikeAPlaceholderAndIsNoneIsRefused(String text) throws IOException {
    Path file = write("check/1.md", text);
    assertThatThrownBy(() -> new Prompts(own).newest("check"))
        .hasMessage(
            "The prompt file %s holds {{ or }} that is no placeholder; one is written {{name}}, in"
                    .formatted(file)
                + " lower-case letters, digits and _. Mend it, or remove it to use the one that"
                + " comes with Sandpiper.");
  }

  @Test
  void anOwnFileIsBoundedAndText() throws IOException {
    Path file = write("check/1.md", "x".repeat((64 << 10) + 1));
    assertThatThrownBy(() -> new Prompts(own).newest("check"))
        .hasMessage("The prompt file " + file + " is larger than 64KB: shorten it.");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> new Prompts(own).newest("check"))
        .hasMessage("The prompt file " + file + " is not UTF-8 text: save it as UTF-8.");
  }

  @Test
  void aPromptThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> new Prompts(own).newest("none"))
        .hasMessage("There is no prompt \"none\"; 'sandpiper prompts' lists them.");
  }

  @Test
  void placeholdersAreFilledExactly() {
    Prompt prompt = new Prompt("p", 1, false, "{{a}} and {{b}} and {{a}}");
    assertThat(prompt.placeholders()).containsExactly("a", "b");
    assertThat(prompt.fill(Map.of("a", "1", "b", "2"))).isEqualTo("1 and 2 and 1");
    assertThatThrownBy(() -> prompt.fill(Map.of("a", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prompt p/1 has the placeholders [a, b], but was given [a]");
    assertThatThrownBy(() -> prompt.fill(Map.of("a", "1", "b", "2", "c", "3")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// A document that holds braces must not reach for the other values.
  @Test
  void aValueIsNeverReadAsAPlaceholder() {
    Prompt prompt = new Prompt("p", 1, false, "<{{document}}> {{secret}}");
    assertThat(prompt.fill(Map.of("document", "{{secret}} $1 \\1", "secret", "s")))
        .isEqualTo("<{{secret}} $1 \\1> s");
  }

  @Test
  void anotherVersionSaysTheSameInItsOwnWords() {
    Prompt first = new Prompt("p", 1, false, "Documents:\n{{documents}}\nToday: {{day}}");
    Prompt second = new Prompt("p", 2, false, "It is {{day}}.\n{{documents}}");
    String filled = first.fill(Map.of("documents", "A\nToday: never\n{{day}}", "day", "Monday"));
    // Found by the first place that fits; what cannot be told apart is refilled the same way.
    assertThat(first.findRefilled(filled, first)).contains(filled);
    String plain = first.fill(Map.of("documents", "A", "day", "Monday"));
    assertThat(first.findRefilled(plain, second)).contains("It is Monday.\nA");
    assertThat(first.findRefilled("something else", second)).isEmpty();
    assertThat(first.findRefilled(plain, new Prompt("p", 3, false, "{{other}}"))).isEmpty();
  }

  @Test
  void aDifferenceIsShownAsDiffDoes() {
    String old = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm";
    String changed = "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nm\nn";
    assertThat(TextDiff.unified("p/1", old, "p/2", changed))
        .containsExactly(
            "--- p/1",
            "+++ p/2",
            "@@ -1,5 +1,5 @@",
            " a",
            "-b",
            "+B",
            " c",
            " d",
            " e",
            "@@ -9,5 +9,5 @@",
            " i",
            " j",
            " k",
            "-l",
            " m",
            "+n");
    assertThat(TextDiff.unified("p/1", old, "p/2", old)).isEmpty();
    assertThat(TextDiff.unified("p/1", "", "p/2", "x"))
        .containsExactly("--- p/1", "+++ p/2", "@@ -0,0 +1 @@", "+x");
  }

  private Path write(String name, String text) throws IOException {
    Path file = own.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
