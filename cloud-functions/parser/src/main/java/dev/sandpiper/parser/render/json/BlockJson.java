package dev.sandpiper.parser.render.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import dev.sandpiper.parser.document.Block;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// One block as one JSON object, and back. The shape is described in BLOCKS.md.
///
/// A block without a `span` comes from the place of the block around it.
public final class BlockJson {

  private static final int DEEPEST = 500;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(DEEPEST)
                  .build())
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private BlockJson() {}

  /// A block as a JSON object.
  ///
  /// @throws UncheckedIOException when blocks are nested more than some 160 deep
  public static String write(Block block) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(block, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Writes a block as an object into a larger value.
  public static void write(Block block, JsonGenerator json) throws IOException {
    new BlockWriter(json).block(block, null);
  }

  /// The block that [#write] wrote.
  ///
  /// @throws IllegalArgumentException when the text is not a block
  public static Block read(String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      return read(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a block: " + e.getMessage(), e);
    }
  }

  /// Reads a block from a larger value; `json` stands at the start of its object, then at its end.
  ///
  /// @throws IllegalArgumentException when the object is not a block
  public static Block read(JsonParser json) throws IOException {
    return new BlockReader(json).block(null);
  }
}
