package dev.sandpiper.functions.aws;

import dev.sandpiper.functions.Cloud;
import dev.sandpiper.functions.CloudSettings;
import dev.sandpiper.functions.JobQueue;
import dev.sandpiper.functions.ObjectStore;
import dev.sandpiper.functions.ResultQueue;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;

/// S3 and SQS of one deployment.
///
/// Not for use by several threads: a worker handles one event after the other.
public final class AwsCloud implements Cloud {

  private final CloudSettings settings;
  private final Supplier<SdkHttpClient> http;
  private Clients clients;

  private AwsCloud(CloudSettings settings, Supplier<SdkHttpClient> http) {
    // Nobody reads the SDK's own log here; without this, each cold start complains of that.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    this.settings = settings;
    this.http = http;
    this.clients = Clients.open(settings.region(), http);
  }

  /// Makes the clients; connects to nothing yet.
  public static AwsCloud open(CloudSettings settings) {
    return open(settings, Clients::jdkHttp);
  }

  static AwsCloud open(CloudSettings settings, Supplier<SdkHttpClient> http) {
    return new AwsCloud(settings, http);
  }

  @Override
  public ObjectStore objects() {
    return new S3Objects(() -> clients.s3());
  }

  @Override
  public ResultQueue results() {
    return new SqsResults(() -> clients.sqs(), settings.resultsUrlPrefix());
  }

  @Override
  public JobQueue jobs() {
    return new SqsJobs(() -> clients.sqs(), settings.jobsUrl());
  }

  @Override
  public void prime() {
    Priming.run(settings);
    clients.close();
    clients = Clients.open(settings.region(), http);
  }

  @Override
  public void refresh() {
    clients.close();
    clients = Clients.open(settings.region(), http);
  }
}
