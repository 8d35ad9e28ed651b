package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.json.JsonValue;
import java.util.List;
import java.util.Optional;

/// A provider's reason not to answer, as it stands in the body.
///
/// @param status the HTTP status it amounts to; 0 when nobody said
/// @param codes words of the provider that name the kind of trouble, the most exact first
/// @param message the provider's words
/// @param param the setting it is about; empty when it does not say
/// @param body all of it
public record Complaint(
    int status, List<String> codes, String message, String param, JsonValue body) {

  public Complaint {
    codes = List.copyOf(codes);
  }

  /// From the common form `{"error": {"type": …, "code": …, "status": …, "message": …}}`, or
  /// `{"error": "…"}`.
  ///
  /// @param status the HTTP status; 0 when the error came inside an answer
  public static Complaint of(int status, JsonValue body) {
    JsonValue error = body.at("error");
    if (error instanceof JsonValue.Text(String words)) {
      return new Complaint(status, List.of(), words, "", body);
    }
    JsonValue from = error instanceof JsonValue.Fields ? error : body;
    List<String> codes =
        List.of("code", "status", "type", "reason").stream()
            .map(from::findText)
            .flatMap(Optional::stream)
            .toList();
    long said =
        from.findNumber("code")
            .or(() -> from.findNumber("status_code"))
            .or(() -> from.findNumber("status"))
            .filter(number -> number >= 400 && number < 600)
            .orElse(0L);
    return new Complaint(
        status == 0 ? (int) said : status,
        codes,
        from.text("message", from.text("detail", "")),
        from.text("param", ""),
        body);
  }
}
