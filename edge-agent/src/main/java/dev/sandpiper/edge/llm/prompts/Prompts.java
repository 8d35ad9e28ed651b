package dev.sandpiper.edge.llm.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Every prompt there is: those that come with Sandpiper, and the owner's own files in their place
/// or beside them. They are read when they are used, so that a changed file counts at once. Safe
/// for use by several threads.
///
/// An own file `<name>/<version>.md` with the version of a prompt that comes with Sandpiper takes
/// its place; one with the next version becomes the newest.
public final class Prompts {

  private static final int LARGEST = 64 << 10;
  private static final int MOST_VERSIONS = 200;

  private final Path own;

  /// @param own folder of the owner's files; need not exist
  public Prompts(Path own) {
    this.own = own;
  }

  /// The names of all prompts, in the order of the alphabet.
  public List<String> names() {
    return resource("index.txt").stream().flatMap(String::lines).sorted().toList();
  }

  /// The newest version of a prompt, which is the one to use.
  ///
  /// @throws PromptException when there is none, or the owner's file cannot be used
  public Prompt newest(String name) {
    List<Prompt> versions = versions(name);
    return versions.getLast();
  }

  /// Every version of a prompt, the oldest first; never empty.
  ///
  /// @throws PromptException when there is none, or a file of the owner's cannot be used
  public List<Prompt> versions(String name) {
    if (!names().contains(name)) {
      throw new PromptException(
          "There is no prompt \"%s\"; 'sandpiper prompts' lists them.".formatted(name));
    }
    List<Prompt> versions = new ArrayList<>();
    Prompt last = builtIn(name, 1).orElseThrow();
    for (int version = 1; version <= MOST_VERSIONS; version++) {
      Optional<Prompt> plain = builtIn(name, version);
      Prompt model = plain.orElse(last);
      Optional<Prompt> found = findOwn(name, version, model.placeholders()).or(() -> plain);
      if (found.isEmpty()) {
        return versions;
      }
      versions.add(found.get());
      last = model;
    }
    return versions;
  }

  /// A prompt by its name and version, such as `ask/2`; empty when there is none.
  ///
  /// @throws PromptException when the owner's file cannot be used
  public Optional<Prompt> find(String id) {
    int slash = id.indexOf('/');
    if (slash < 0 || !names().contains(id.substring(0, slash))) {
      return Optional.empty();
    }
    return versions(id.substring(0, slash)).stream()
        .filter(prompt -> prompt.id().equals(id))
        .findFirst();
  }

  /// The version that comes with Sandpiper, whatever the owner put in its place; empty when none
  /// does.
  public Optional<Prompt> builtIn(String name, int version) {
    return resource(name + "/" + version + ".md")
        .map(text -> new Prompt(name, version, false, tidy(text)));
  }

  private Optional<Prompt> findOwn(String name, int version, SequencedSet<String> placeholders) {
    Path file = own.resolve(name).resolve(version + ".md");
    String text = read(file);
    if (text == null) {
      return Optional.empty();
    }
    Prompt prompt = new Prompt(name, version, true, tidy(text));
    try {
      SequencedSet<String> has = prompt.placeholders();
      if (!has.equals(placeholders)) {
        throw new PromptException(
            "must hold the placeholders %s, and holds %s"
                .formatted(inBraces(placeholders), inBraces(has)));
      }
    } catch (PromptException e) {
      throw new PromptException(
          "The prompt file %s %s. Mend it, or remove it to use the one that comes with Sandpiper."
              .formatted(file, e.getMessage()),
          e);
    }
    return Optional.of(prompt);
  }

  private static String inBraces(SequencedSet<String> names) {
    return names.isEmpty() ? "none" : "{{" + String.join("}}, {{", names) + "}}";
  }

  private static @Nullable String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new PromptException("The prompt file " + file + " is larger than 64KB: shorten it.");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException _) {
      return null;
    } catch (CharacterCodingException e) {
      throw new PromptException(
          "The prompt file " + file + " is not UTF-8 text: save it as UTF-8.", e);
    } catch (IOException e) {
      throw new PromptException(
          "The prompt file %s cannot be read: %s. Mend that, or remove it."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = Prompts.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Editors differ in how they end lines and files; that shall not make another prompt.
  private static String tidy(String text) {
    return text.replace("\r\n", "\n").stripTrailing();
  }
}
