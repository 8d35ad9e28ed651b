package dev.sandpiper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Handles batches from SQS with partial batch responses:
/// `dev.sandpiper.functions.ParseBatchHandler::handleRequest`.
public final class ParseBatchHandler implements RequestStreamHandler {

  private final ParseFunction function;
  private final ResultQueue results;

  /// Called once per worker by the Lambda runtime.
  public ParseBatchHandler() {
    this(FunctionWiring.function(), FunctionWiring.results());
  }

  ParseBatchHandler(ParseFunction function, ResultQueue results) {
    this.function = function;
    this.results = results;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ParseBatch batch = new ParseBatch(function, results, context::getRemainingTimeInMillis);
    SqsEventJson.writeFailures(batch.run(SqsEventJson.read(input)), output);
  }
}
