package dev.sandpiper.parser.format.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.sandpiper.parser.detect.CharsetDetector;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.List;

/// JSON as code, indented anew. What cannot be read as JSON any more ends it with a warning.
final class IndentedJson {

  private final JsonFactory factory;
  private final ParseContext context;

  IndentedJson(JsonFactory factory, ParseContext context) {
    this.factory = factory;
    this.context = context;
  }

  List<Block> read(ByteSource source) throws IOException {
    StringWriter text = new StringWriter();
    int last = 1;
    try (Reader reader = CharsetDetector.open(source);
        JsonParser in = factory.createParser(reader);
        JsonGenerator out = factory.createGenerator(text)) {
      out.setPrettyPrinter(new DefaultPrettyPrinter());
      last = copy(in, out, text);
    }
    if (text.getBuffer().isEmpty()) {
      return List.of();
    }
    return List.of(new Block.Code(text.toString(), "json", new SourceSpan.Lines(1, last)));
  }

  private int copy(JsonParser in, JsonGenerator out, StringWriter text) throws IOException {
    TextRoom room = new TextRoom(context);
    int written = 0;
    try {
      while (in.nextToken() != null) {
        out.copyCurrentEvent(in);
        if (!room.take(in.getTextLength(), 0)) {
          break;
        }
        written++;
      }
    } catch (IOException e) {
      context.warn(
          "damaged-json",
          "The JSON is damaged; only what comes before that was read.",
          "line " + in.currentLocation().getLineNr());
    }
    out.flush();
    return written == 0 && text.getBuffer().isEmpty() ? 1 : in.currentLocation().getLineNr();
  }
}
