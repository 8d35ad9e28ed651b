package dev.sandpiper.edge.price;

import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ModelConfig.Prices;
import dev.sandpiper.edge.config.ProviderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What models cost: as the configuration says; else as the owner's price file does; else as the
/// one that came with Sandpiper does. A model that stands in none is unknown.
public final class PriceBook {

  /// The owner's file, in the agent's home.
  public static final String FILE = "prices.json";

  private static final String SHIPPED = "model-prices.json";
  private static final long LARGEST_FILE = 32L << 20;

  private static final Map<String, String> SERVICES =
      Map.of(
          "api.openai.com", "openai",
          "api.anthropic.com", "anthropic",
          "generativelanguage.googleapis.com", "gemini",
          "api.groq.com", "groq",
          "api.deepseek.com", "deepseek",
          "api.mistral.ai", "mistral",
          "openrouter.ai", "openrouter");

  private final List<Shelf> shelves;

  /// @param place what people are told of it
  private record Shelf(String place, PriceList list) {}

  private PriceBook(List<Shelf> shelves) {
    this.shelves = List.copyOf(shelves);
  }

  /// A price, and where it comes from.
  ///
  /// @param place the configuration, the owner's file or Sandpiper's
  /// @param source where it was looked up; empty: that is not said
  /// @param date when; `null`: that is not said
  public record Found(Prices prices, String place, String source, @Nullable LocalDate date) {}

  /// What came with Sandpiper.
  public static PriceBook shipped() {
    return new PriceBook(List.of(new Shelf("Sandpiper", shippedList())));
  }

  private static PriceList shippedList() {
    try (InputStream in = PriceBook.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is missing from the jar");
      }
      return PriceReader.read(in, LocalDate.EPOCH);
    } catch (IOException e) {
      throw new IllegalStateException(SHIPPED + ": " + e.getMessage(), e);
    }
  }

  /// The owner's file before what came with Sandpiper.
  ///
  /// @throws PriceException when the owner's cannot be used
  public static PriceBook open(Path home) {
    Path file = home.resolve(FILE);
    Shelf shipped = new Shelf("Sandpiper", shippedList());
    return Files.exists(file)
        ? new PriceBook(List.of(new Shelf(FILE, read(file)), shipped))
        : new PriceBook(List.of(shipped));
  }

  static PriceList read(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IOException("it is larger than 32 MB");
      }
      LocalDate seen =
          Files.getLastModifiedTime(file).toInstant().atZone(ZoneOffset.UTC).toLocalDate();
      try (InputStream in = Files.newInputStream(file)) {
        return PriceReader.read(in, seen);
      }
    } catch (NoSuchFileException e) {
      throw new PriceException("There is no price file " + file + ".", e);
    } catch (IOException e) {
      throw new PriceException(
          "The price file %s cannot be used: %s. It is to be as 'sandpiper cost prices --help' says, or LiteLLM's."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /// What a model costs; empty: nobody knows.
  public Optional<Found> find(ProviderConfig provider, ModelConfig model) {
    Prices own = model.prices();
    if (hasAny(own)) {
      return Optional.of(new Found(own, "configuration", "", own.seen()));
    }
    if (provider.kind() == ProviderConfig.Kind.OLLAMA) {
      BigDecimal nothing = BigDecimal.ZERO;
      Prices free = new Prices(nothing, nothing, nothing, nothing, null);
      return Optional.of(new Found(free, "runs on a machine of yours", "", null));
    }
    String service = service(provider);
    for (Shelf shelf : shelves) {
      Optional<ModelPrice> price = shelf.list().find(service, model.model());
      if (price.isPresent()) {
        return Optional.of(
            new Found(
                prices(price.get(), model, shelf.list().date()),
                shelf.place(),
                shelf.list().source(),
                shelf.list().date()));
      }
    }
    return Optional.empty();
  }

  private static boolean hasAny(Prices prices) {
    return prices.input() != null
        || prices.output() != null
        || prices.cached() != null
        || prices.cacheWrite() != null;
  }

  /// What is read from a cache costs no more than what is not.
  private static Prices prices(ModelPrice price, ModelConfig model, LocalDate date) {
    ModelPrice.Rates rates = price.upTo(model.contextTokens());
    BigDecimal cached = rates.cached();
    return new Prices(
        rates.input(),
        rates.output(),
        cached == null ? rates.input() : cached,
        rates.cacheWrite(),
        date);
  }

  /// The service's name in price files: one that is not known is called by its host.
  public static String service(ProviderConfig provider) {
    Optional<String> host =
        provider.baseUrl().map(base -> String.valueOf(URI.create(base).getHost()));
    return switch (provider.kind()) {
      case OPENAI, ANTHROPIC, GEMINI ->
          host.map(one -> SERVICES.getOrDefault(one.toLowerCase(Locale.ROOT), one))
              .orElse(provider.kind().name().toLowerCase(Locale.ROOT));
      case OLLAMA -> "ollama";
      case BEDROCK -> "bedrock";
    };
  }

  /// The models with their prices.
  public LlmConfig priced(LlmConfig llm) {
    return new LlmConfig(
        llm.providers(),
        llm.models().stream().map(model -> priced(llm, model)).toList(),
        llm.uses(),
        llm.compare(),
        llm.keeping());
  }

  private ModelConfig priced(LlmConfig llm, ModelConfig model) {
    Prices prices =
        llm.findProvider(model.provider())
            .flatMap(provider -> find(provider, model))
            .map(Found::prices)
            .orElse(model.prices());
    return new ModelConfig(
        model.name(),
        model.provider(),
        model.model(),
        model.contextTokens(),
        model.maxTokens(),
        model.temperature(),
        prices);
  }
}
