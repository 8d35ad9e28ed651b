package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.HttpReply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long a provider asks to be left alone, in all the ways in which providers say so.
final class RetryAfter {

  /// Nobody waits longer on a provider's word.
  private static final Duration LONGEST = Duration.ofDays(7);

  /// Numbers from here on are dates, in seconds or milliseconds since 1970.
  private static final double SECONDS_DATE = 1e9;

  private static final double MILLIS_DATE = 1e12;

  /// Parts of a limit: the header that says what is left, and the one that says until when.
  private record Limit(String remaining, String reset) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
          new Limit("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
          new Limit("x-ratelimit-remaining", "x-ratelimit-reset"),
          new Limit("ratelimit-remaining", "ratelimit-reset"),
          new Limit("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
          new Limit("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
          new Limit(
              "anthropic-ratelimit-input-tokens-remaining",
              "anthropic-ratelimit-input-tokens-reset"),
          new Limit(
              "anthropic-ratelimit-output-tokens-remaining",
              "anthropic-ratelimit-output-tokens-reset"));

  /// `6m0s`, `7.66s`, `120ms`.
  private static final Pattern PARTS = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|h|m|s)");

  private static final Pattern SPAN = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ms|h|m|s))+");

  private static final Pattern WORDS =
      Pattern.compile("(?:try again|retry) in (" + SPAN.pattern() + ")");

  private RetryAfter() {}

  /// What an answer says; `null` when it says nothing.
  static @Nullable Duration of(HttpReply reply, Complaint complaint, Instant now) {
    return find(reply::header, complaint, now).orElse(null);
  }

  static Optional<Duration> find(
      Function<String, @Nullable String> header, Complaint complaint, Instant now) {
    return number(header.apply("retry-after-ms"))
        .map(millis -> span(millis / 1_000))
        .or(() -> time(header.apply("retry-after"), now))
        .or(() -> ofBody(complaint))
        .or(() -> ofLimits(header, now));
  }

  /// What stands in the body: Google's `RetryInfo`, or a sentence.
  static Optional<Duration> ofBody(Complaint complaint) {
    for (JsonValue detail : complaint.body().at("error", "details").items()) {
      Optional<Duration> delay = detail.findText("retryDelay").flatMap(RetryAfter::parts);
      if (delay.isPresent()) {
        return delay;
      }
    }
    Matcher matcher = WORDS.matcher(complaint.message());
    return matcher.find() ? parts(String.valueOf(matcher.group(1))) : Optional.empty();
  }

  private static Optional<Duration> ofLimits(
      Function<String, @Nullable String> header, Instant now) {
    Optional<Duration> longest = Optional.empty();
    for (Limit limit : LIMITS) {
      boolean spent = number(header.apply(limit.remaining())).filter(left -> left <= 0).isPresent();
      Optional<Duration> reset = time(header.apply(limit.reset()), now);
      if (spent && reset.isPresent() && reset.get().compareTo(longest.orElse(Duration.ZERO)) >= 0) {
        longest = reset;
      }
    }
    return longest;
  }

  /// Seconds, a span such as `6m0s`, a date of HTTP or of ISO, or a number that is a date.
  private static Optional<Duration> time(@Nullable String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Double> number = number(text);
    if (number.isPresent()) {
      double value = number.get();
      double seconds =
          value >= MILLIS_DATE
              ? value / 1_000 - now.getEpochSecond()
              : value >= SECONDS_DATE ? value - now.getEpochSecond() : value;
      return Optional.of(span(seconds));
    }
    return parts(text).or(() -> date(text).map(date -> bounded(Duration.between(now, date))));
  }

  private static Optional<Instant> date(String text) {
    for (DateTimeFormatter format :
        List.of(DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME)) {
      try {
        return Optional.of(ZonedDateTime.parse(text.strip(), format).toInstant());
      } catch (DateTimeException _) {
        // The other one, then.
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> parts(String text) {
    if (!SPAN.matcher(text.strip()).matches()) {
      return Optional.empty();
    }
    double seconds = 0;
    Matcher matcher = PARTS.matcher(text);
    while (matcher.find()) {
      double scale =
          switch (String.valueOf(matcher.group(2))) {
            case "h" -> 3_600;
            case "m" -> 60;
            case "ms" -> 0.001;
            default -> 1;
          };
      seconds += scale * Double.parseDouble(String.valueOf(matcher.group(1)));
    }
    return Optional.of(span(seconds));
  }

  private static Optional<Double> number(@Nullable String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(Double.parseDouble(text.strip())).filter(Double::isFinite);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Duration span(double seconds) {
    double most = LONGEST.toSeconds();
    return Duration.ofMillis(Math.round(1_000 * Math.clamp(seconds, 0, most)));
  }

  private static Duration bounded(Duration time) {
    return span(time.toMillis() / 1_000.0);
  }
}
