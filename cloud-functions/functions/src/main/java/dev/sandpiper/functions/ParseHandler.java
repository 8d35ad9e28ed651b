package dev.sandpiper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Answers one request per invocation, as it is or through the function's URL:
/// `dev.sandpiper.functions.ParseHandler::handleRequest`.
public final class ParseHandler implements RequestStreamHandler {

  private final FunctionHost host;

  /// Called once per worker by the Lambda runtime.
  public ParseHandler() {
    this(FunctionWiring.host());
  }

  ParseHandler(FunctionHost host) {
    this.host = host;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    InputStream event =
        input.markSupported() ? input : new ByteArrayInputStream(input.readAllBytes());
    int remaining = context.getRemainingTimeInMillis();
    if (FunctionUrl.calledThrough(event)) {
      new FunctionUrl(host.function()).answer(event, output, remaining);
    } else {
      output.write(host.function().answer(event, remaining).json());
    }
  }
}
