package dev.sandpiper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Handles batches from SQS with partial batch responses:
/// `dev.sandpiper.functions.ParseBatchHandler::handleRequest`.
public final class ParseBatchHandler implements RequestStreamHandler {

  private final FunctionHost host;
  private final ResultQueue results;
  private final JobQueue jobs;

  /// Called once per worker by the Lambda runtime.
  public ParseBatchHandler() {
    this(FunctionWiring.host());
  }

  ParseBatchHandler(FunctionHost host) {
    Cloud cloud = host.cloud();
    if (cloud == null) {
      throw new IllegalStateException(
          "This function takes messages from a queue, and its environment names none: "
              + CloudSettings.IN_BUCKET
              + " is not set. Deploy infra/template.yaml again.");
    }
    this.host = host;
    this.results = cloud.results();
    this.jobs = cloud.jobs();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    ParseBatch batch =
        new ParseBatch(
            host.function(), results, jobs, host.maxReceives(), context::getRemainingTimeInMillis);
    SqsEventJson.writeFailures(batch.run(SqsEventJson.read(input)), output);
  }
}
