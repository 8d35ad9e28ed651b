package dev.sandpiper.edge.price;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.price.ModelPrice.Rates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The owner's price file.
public final class PriceFile {

  private static final JsonFactory JSON = new JsonFactory();

  private PriceFile() {}

  /// What was taken over.
  ///
  /// @param models how many have a price
  public record Refreshed(int models, LocalDate date, String source) {}

  /// Replaces the owner's file, whole or not at all, by what stands in another one, of our format
  /// or LiteLLM's.
  ///
  /// @throws PriceException when that cannot be used; nothing is changed then
  public static Refreshed refresh(Path home, Path from) {
    PriceList list = PriceBook.read(from);
    Path target = home.resolve(PriceBook.FILE);
    Path draft = home.resolve(PriceBook.FILE + ".new");
    try {
      Files.createDirectories(home);
      try (FileChannel out =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(written(list));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PriceException(
          "The price file %s cannot be written: %s.".formatted(target, e.getMessage()), e);
    }
    return new Refreshed(list.models().size(), list.date(), list.source());
  }

  private static byte[] written(PriceList list) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      json.writeStartObject();
      json.writeStringField("date", list.date().toString());
      json.writeStringField("source", list.source());
      json.writeObjectFieldStart("models");
      for (var model : new TreeMap<>(list.models()).entrySet()) {
        json.writeObjectFieldStart(model.getKey());
        rates(json, model.getValue().plain());
        ModelPrice.Above above = model.getValue().above();
        if (above != null) {
          json.writeObjectFieldStart("above");
          json.writeNumberField("tokens", above.tokens());
          rates(json, above.rates());
          json.writeEndObject();
        }
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void rates(JsonGenerator json, Rates rates) throws IOException {
    amount(json, "input", rates.input());
    amount(json, "output", rates.output());
    amount(json, "cached", rates.cached());
    amount(json, "cacheWrite", rates.cacheWrite());
  }

  private static void amount(JsonGenerator json, String field, @Nullable BigDecimal amount)
      throws IOException {
    if (amount != null) {
      BigDecimal plain = amount.stripTrailingZeros();
      json.writeNumberField(field, plain.scale() < 0 ? plain.setScale(0) : plain);
    }
  }
}
