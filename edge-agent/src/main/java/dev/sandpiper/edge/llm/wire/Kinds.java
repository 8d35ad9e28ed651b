package dev.sandpiper.edge.llm.wire;

import static java.util.Map.entry;

import dev.sandpiper.edge.llm.ModelException.Kind;
import java.util.Map;
import java.util.regex.Pattern;

/// What kind of trouble a provider's complaint is: by its codes, then its words, then the status.
public final class Kinds {

  /// Codes of all APIs; none means two things.
  private static final Map<String, Kind> CODES =
      Map.ofEntries(
          // OpenAI and those like it
          entry("insufficient_quota", Kind.NO_CREDIT),
          entry("billing_hard_limit_reached", Kind.NO_CREDIT),
          entry("insufficient_balance", Kind.NO_CREDIT),
          entry("invalid_api_key", Kind.UNAUTHORIZED),
          entry("model_not_found", Kind.UNKNOWN_MODEL),
          entry("model_decommissioned", Kind.UNKNOWN_MODEL),
          entry("context_length_exceeded", Kind.TOO_LONG),
          entry("string_above_max_length", Kind.TOO_LONG),
          entry("rate_limit_exceeded", Kind.RATE_LIMITED),
          entry("server_error", Kind.SERVER),
          entry("flagged", Kind.BAD_REQUEST),
          // Anthropic
          entry("authentication_error", Kind.UNAUTHORIZED),
          entry("permission_error", Kind.UNAUTHORIZED),
          entry("billing_error", Kind.NO_CREDIT),
          entry("not_found_error", Kind.UNKNOWN_MODEL),
          entry("request_too_large", Kind.TOO_LONG),
          entry("rate_limit_error", Kind.RATE_LIMITED),
          entry("timeout_error", Kind.SERVER),
          entry("api_error", Kind.SERVER),
          entry("overloaded_error", Kind.SERVER),
          // Google
          entry("API_KEY_INVALID", Kind.UNAUTHORIZED),
          entry("UNAUTHENTICATED", Kind.UNAUTHORIZED),
          entry("PERMISSION_DENIED", Kind.UNAUTHORIZED),
          entry("NOT_FOUND", Kind.UNKNOWN_MODEL),
          entry("RESOURCE_EXHAUSTED", Kind.RATE_LIMITED),
          entry("INTERNAL", Kind.SERVER),
          entry("UNAVAILABLE", Kind.SERVER),
          entry("DEADLINE_EXCEEDED", Kind.SERVER),
          // Amazon
          entry("AccessDeniedException", Kind.UNAUTHORIZED),
          entry("UnrecognizedClientException", Kind.UNAUTHORIZED),
          entry("ExpiredTokenException", Kind.UNAUTHORIZED),
          entry("InvalidSignatureException", Kind.UNAUTHORIZED),
          entry("ResourceNotFoundException", Kind.UNKNOWN_MODEL),
          entry("ThrottlingException", Kind.RATE_LIMITED),
          entry("ServiceQuotaExceededException", Kind.RATE_LIMITED),
          entry("ModelNotReadyException", Kind.SERVER),
          entry("ModelTimeoutException", Kind.SERVER),
          entry("ModelErrorException", Kind.SERVER),
          entry("ModelStreamErrorException", Kind.SERVER),
          entry("InternalServerException", Kind.SERVER),
          entry("ServiceUnavailableException", Kind.SERVER));

  private static final Pattern TOO_LONG =
      Pattern.compile(
          "(?i)prompt is too long|input is too long|too many (?:input )?tokens"
              + "|maximum context length|context[ _](?:length|window|size)"
              + "|token count .* exceeds the maximum|exceeds? the (?:model's )?maximum.{0,20}tokens"
              + "|reduce the length of the (?:messages|prompt)");

  private static final Pattern NO_CREDIT =
      Pattern.compile("(?i)credit balance is too low|insufficient (?:balance|credits|funds)");

  private static final Pattern BAD_KEY =
      Pattern.compile(
          "(?i)security token .* (?:is )?(?:invalid|expired)|api[ -]key not (?:valid|found)");

  private static final Pattern BAD_MODEL =
      Pattern.compile("(?i)model identifier is invalid|model .{0,200}(?:not found|does not exist)");

  private Kinds() {}

  /// The kind.
  public static Kind of(Complaint complaint) {
    if (complaint.status() == 413) {
      return Kind.TOO_LONG;
    }
    for (String code : complaint.codes()) {
      Kind known = CODES.get(code);
      if (known != null) {
        return known;
      }
    }
    return complaint.status() >= 500 ? Kind.SERVER : byWords(complaint);
  }

  private static Kind byWords(Complaint complaint) {
    String words = complaint.message();
    if (complaint.status() == 402 || NO_CREDIT.matcher(words).find()) {
      return Kind.NO_CREDIT;
    }
    if (complaint.status() == 401 || complaint.status() == 403 || BAD_KEY.matcher(words).find()) {
      return Kind.UNAUTHORIZED;
    }
    if (complaint.status() == 429) {
      return Kind.RATE_LIMITED;
    }
    if (TOO_LONG.matcher(words).find()) {
      return Kind.TOO_LONG;
    }
    if (complaint.status() == 404 || BAD_MODEL.matcher(words).find()) {
      return Kind.UNKNOWN_MODEL;
    }
    // 408 and 425 pass; an error inside an answer that names no status is the provider's.
    return switch (complaint.status()) {
      case 0, 408, 409, 425 -> Kind.SERVER;
      default -> Kind.BAD_REQUEST;
    };
  }
}
