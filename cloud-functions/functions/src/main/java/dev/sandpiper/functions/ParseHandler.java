package dev.sandpiper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Answers one request per invocation: `dev.sandpiper.functions.ParseHandler::handleRequest`.
public final class ParseHandler implements RequestStreamHandler {

  private final ParseFunction function;

  /// Called once per worker by the Lambda runtime.
  public ParseHandler() {
    this(FunctionWiring.function());
  }

  ParseHandler(ParseFunction function) {
    this.function = function;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(function.answer(input, context.getRemainingTimeInMillis()).json());
  }
}
