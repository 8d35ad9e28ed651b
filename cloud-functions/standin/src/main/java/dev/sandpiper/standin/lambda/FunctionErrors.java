package dev.sandpiper.standin.lambda;

import dev.sandpiper.standin.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The errors that Lambda itself writes for a function.
final class FunctionErrors {

  private FunctionErrors() {}

  static InvokeResult timedOut(String id, Duration limit) {
    return error(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            id,
            limit.toMillis() / 1000.0));
  }

  static InvokeResult exited(String id, int status) {
    return error(
        "Runtime.ExitError",
        "RequestId: " + id + " Error: Runtime exited with error: exit status " + status);
  }

  static InvokeResult notStarted(String id, String why) {
    return error("Runtime.InitError", "RequestId: " + id + " Error: " + why);
  }

  static InvokeResult responseTooLarge(int bytes, int most) {
    return error(
        "Function.ResponseSizeTooLarge",
        "Response payload size ("
            + bytes
            + " bytes) exceeded maximum allowed payload size ("
            + most
            + " bytes).");
  }

  private static InvokeResult error(String type, String message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("errorType", type);
    json.put("errorMessage", message);
    return new InvokeResult.FunctionError(Json.bytes(json));
  }
}
