package dev.sandpiper.edge.courier;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/// Tells the agent about answers, whole lines only.
final class BedrockVoice {

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  BedrockVoice(OutputStream out) {
    this.out = out;
  }

  /// Writes the fields of a line beside its id.
  interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  void tell(String id, Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonValue.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(BedrockWord.ID, id);
      writing.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] line = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      out.write(line);
      out.flush();
    } catch (IOException _) {
      // The agent is gone: the end of the input says so, too.
    } finally {
      lock.unlock();
    }
  }
}
