package dev.sandpiper.standin.aws.lambda;

import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.fault.ServiceError;
import dev.sandpiper.standin.http.Reply;
import dev.sandpiper.standin.http.Request;
import dev.sandpiper.standin.json.Json;
import dev.sandpiper.standin.lambda.Function;
import dev.sandpiper.standin.lambda.InvokeResult;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Answers Lambda requests: `Invoke`, waiting or as a dry run, and `GetAccountSettings`.
public final class LambdaService {

  private static final String FUNCTIONS = "/2015-03-31/functions/";
  private static final String INVOCATIONS = "/invocations";
  private static final String SETTINGS = "/2016-08-19/account-settings";
  private static final String JSON = "application/json";

  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final int accountConcurrency;

  /// @param accountConcurrency what the account may run at once, as it is told
  public LambdaService(int accountConcurrency) {
    this.accountConcurrency = accountConcurrency;
  }

  /// Plugs a function in, or another one in its place.
  public void deploy(String name, Function function) {
    functions.put(name, function);
  }

  /// What the API calls this request.
  public static String operation(Request request) {
    if (request.path().startsWith(FUNCTIONS) && request.path().endsWith(INVOCATIONS)) {
      return "Invoke";
    }
    return request.path().startsWith(SETTINGS) ? "GetAccountSettings" : "Unknown";
  }

  /// @throws RefusedException for every error Lambda would send
  public Reply answer(Request request) throws RefusedException, InterruptedException {
    return switch (operation(request)) {
      case "Invoke" -> invoke(request);
      case "GetAccountSettings" ->
          Reply.of(
              200,
              JSON,
              Json.bytes(
                  Map.of(
                      "AccountLimit",
                      Map.of(
                          "ConcurrentExecutions", accountConcurrency,
                          "UnreservedConcurrentExecutions", accountConcurrency))));
      default ->
          throw new RefusedException(
              404, "ResourceNotFoundException", "This stand-in does not know this request");
    };
  }

  private Reply invoke(Request request) throws RefusedException, InterruptedException {
    String path = request.path();
    String name =
        URLDecoder.decode(
            path.substring(FUNCTIONS.length(), path.length() - INVOCATIONS.length()),
            StandardCharsets.UTF_8);
    Function function = functions.get(plainName(name));
    if (function == null) {
      throw new RefusedException(404, "ResourceNotFoundException", "Function not found: " + name);
    }
    return switch (request.header("x-amz-invocation-type")) {
      case "", "RequestResponse" -> answer(function.invoke(request.body()));
      case "DryRun" -> Reply.empty(204);
      default ->
          throw new RefusedException(
              400,
              "InvalidParameterValueException",
              "This stand-in invokes with RequestResponse and DryRun");
    };
  }

  private static Reply answer(InvokeResult result) throws RefusedException {
    return switch (result) {
      case InvokeResult.Answered answered ->
          Reply.of(200, JSON, answered.payload()).with("X-Amz-Executed-Version", "1");
      case InvokeResult.FunctionError error ->
          Reply.of(200, JSON, error.payload())
              .with("X-Amz-Executed-Version", "1")
              .with("X-Amz-Function-Error", "Unhandled");
      case InvokeResult.Throttled _ ->
          throw new RefusedException(429, "TooManyRequestsException", "Rate Exceeded.");
      case InvokeResult.TooLarge _ ->
          throw new RefusedException(
              413,
              "RequestTooLargeException",
              "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    };
  }

  /// Out of a name, `name:alias`, a partial ARN or an ARN.
  static String plainName(String name) {
    int marker = name.indexOf(":function:");
    String rest = marker < 0 ? name : name.substring(marker + ":function:".length());
    int colon = rest.indexOf(':');
    return colon < 0 ? rest : rest.substring(0, colon);
  }

  /// An error as Lambda writes it.
  public static Reply error(ServiceError error) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (error.code().equals("TooManyRequestsException")) {
      json.put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    json.put("Type", error.status() < 500 ? "User" : "Service");
    json.put("message", error.message());
    return Reply.of(error.status(), JSON, Json.bytes(json)).with("x-amzn-ErrorType", error.code());
  }
}
