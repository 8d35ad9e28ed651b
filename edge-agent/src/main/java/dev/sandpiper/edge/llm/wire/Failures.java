package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCallException.Phase;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Failures of calls in words for a person: what failed, where, and what to do. They never show the
/// key, and little of what the provider says.
///
/// @param host the provider's
/// @param model its id
public record Failures(String host, String model, @Nullable Secret key) {

  /// Most characters of a provider's words.
  static final int QUOTE = 200;

  /// A piece of the key from this length on is taken out of a quote.
  private static final int PIECE = 6;

  private static final String LATER = " Try again later, or use another model.";

  /// The failure that an exception stands for.
  ///
  /// @param used what was used until then
  public ModelException of(IOException e, Usage used) {
    return switch (e) {
      case RefusedException refused -> refused(refused, used);
      case LateException late ->
          new ModelException(
              Kind.TIMEOUT, at() + " " + late.getMessage() + "." + LATER, null, used, e);
      case HttpCallException call -> broken(call, used);
      case BrokenAnswerException broken ->
          new ModelException(
              Kind.SERVER,
              "The answer of " + at() + " " + broken.getMessage() + "." + LATER,
              null,
              used,
              e);
      default ->
          new ModelException(
              Kind.SERVER,
              "The answer of " + at() + " is not in its format." + LATER,
              null,
              used,
              e);
    };
  }

  private ModelException broken(HttpCallException e, Usage used) {
    boolean unsent = e.phase() == Phase.UNSENT;
    Kind otherwise = unsent ? Kind.UNREACHABLE : Kind.SERVER;
    return new ModelException(
        e.isTimeout() ? Kind.TIMEOUT : otherwise,
        model
            + (unsent ? " cannot be asked: " : " gave no whole answer: ")
            + stripped(e.getMessage())
            + "."
            + LATER,
        null,
        unsent ? Usage.NONE : used,
        e);
  }

  private static String stripped(@Nullable String message) {
    String text = String.valueOf(message);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private ModelException refused(RefusedException e, Usage used) {
    Complaint complaint = e.complaint();
    Kind kind = Kinds.of(complaint);
    String status = complaint.status() == 0 ? "" : " (HTTP " + complaint.status() + ")";
    String quote = quote(complaint.message());
    String message =
        switch (kind) {
          // What it says of the key often shows some of it.
          case UNAUTHORIZED -> unauthorized(status, quote);
          case NO_CREDIT ->
              "The account at "
                  + host
                  + " has no credit for "
                  + model
                  + status
                  + quote
                  + ". Add credit there, or use another provider.";
          case RATE_LIMITED ->
              host
                  + " takes no more requests for "
                  + model
                  + " at the moment"
                  + status
                  + quote
                  + "."
                  + again(e.retryAfter());
          case UNKNOWN_MODEL ->
              host
                  + " does not know the model "
                  + model
                  + status
                  + quote
                  + ". Check the model's id and the provider's base_url.";
          case TOO_LONG ->
              "The question is too long for "
                  + at()
                  + status
                  + quote
                  + ". Ask about less, or use a model that takes more.";
          case BAD_REQUEST, FORBIDDEN, OVER_BUDGET ->
              host
                  + " does not accept the request to "
                  + model
                  + status
                  + quote
                  + ". Check the model's settings, or use another model.";
          case SERVER, TIMEOUT, UNREACHABLE -> at() + " failed" + status + quote + "." + LATER;
        };
    return new ModelException(kind, message, e.retryAfter(), used, e);
  }

  private String unauthorized(String status, String quote) {
    return key == null
        ? host
            + " does not let this machine use "
            + model
            + status
            + quote
            + ". Check the credentials of this provider and what they may use."
        // What it says of the key often shows some of it.
        : host
            + " does not accept the key for "
            + model
            + status
            + ". Check the key of this provider and what it may use.";
  }

  private static String again(@Nullable Duration after) {
    return after == null
        ? LATER
        : " Try again in " + Math.max(1, after.toSeconds()) + " s, or use another model.";
  }

  private String at() {
    return model + " at " + host;
  }

  /// A provider's words as they may be shown: on one line, short, without the key.
  private String quote(String words) {
    String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    String safe = withoutKey(line);
    if (safe.isEmpty()) {
      return "";
    }
    int end = safe.offsetByCodePoints(0, Math.min(QUOTE, safe.codePointCount(0, safe.length())));
    return ": \"" + safe.substring(0, end) + (end < safe.length() ? "…" : "") + "\"";
  }

  /// Takes every piece of the key out, however much of it is shown.
  private String withoutKey(String line) {
    String secret = key == null ? "" : key.reveal();
    StringBuilder safe = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      int length = 0;
      while (at + length < line.length()
          && length < secret.length()
          && secret.contains(line.substring(at, at + length + 1))) {
        length++;
      }
      boolean piece = length >= PIECE;
      safe.append(piece ? "***" : line.substring(at, at + 1));
      at += piece ? length : 1;
    }
    return safe.toString();
  }
}
