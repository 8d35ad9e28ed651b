package dev.sandpiper.edge.llm.openai;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a provider's, or a model's, way of speaking differs.
///
/// @param limit field of the longest answer
/// @param temperature whether it may be told one
/// @param streamOptions whether it must be asked for usage in a stream
record Accent(String limit, boolean temperature, boolean streamOptions) {

  private static final String NEW_LIMIT = "max_completion_tokens";
  private static final String OLD_LIMIT = "max_tokens";
  private static final String TEMPERATURE = "temperature";
  private static final String STREAM_OPTIONS = "stream_options";

  private static final Accent COMMON = new Accent(OLD_LIMIT, true, true);
  private static final Accent OPENAI = new Accent(NEW_LIMIT, true, true);
  private static final Accent THINKER = new Accent(NEW_LIMIT, false, true);

  /// Whose accent is known.
  ///
  /// @param host end of the host's name
  /// @param model beginning of the model's id
  private record Known(String host, String model, Accent accent) {}

  /// The first that fits.
  private static final List<Known> KNOWN =
      List.of(
          new Known("api.openai.com", "o1", THINKER),
          new Known("api.openai.com", "o3", THINKER),
          new Known("api.openai.com", "o4", THINKER),
          new Known("api.openai.com", "gpt-5", THINKER),
          new Known("api.openai.com", "", OPENAI),
          new Known("openai.azure.com", "", OPENAI),
          new Known("api.groq.com", "", OPENAI));

  private static final Pattern SETTING =
      Pattern.compile(
          "\\b(" + String.join("|", NEW_LIMIT, OLD_LIMIT, TEMPERATURE, STREAM_OPTIONS) + ")\\b");

  private static final Pattern UNWANTED =
      Pattern.compile(
          "(?i)unsupported|not support|unknown|unrecognized|not permitted|deprecated|only the"
              + " default");

  static Accent of(String host, String model) {
    String name = host.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(known -> name.endsWith(known.host()) && model.startsWith(known.model()))
        .map(Known::accent)
        .findFirst()
        .orElse(COMMON);
  }

  /// The accent after a complaint about a setting; the same one when it is about something else.
  ///
  /// @param param the setting, when the provider names it
  /// @param words its words
  Accent after(String param, String words) {
    if (!UNWANTED.matcher(words).find()) {
      return this;
    }
    Matcher named = SETTING.matcher(param.isEmpty() ? words : param);
    return switch (named.find() ? String.valueOf(named.group(1)) : "") {
      case OLD_LIMIT -> new Accent(NEW_LIMIT, temperature, streamOptions);
      case NEW_LIMIT -> new Accent(OLD_LIMIT, temperature, streamOptions);
      case TEMPERATURE -> new Accent(limit, false, streamOptions);
      case STREAM_OPTIONS -> new Accent(limit, temperature, false);
      default -> this;
    };
  }
}
