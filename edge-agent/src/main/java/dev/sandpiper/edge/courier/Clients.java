package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The SDK's clients, each made when it is first needed: what a burst does not use costs nothing.
/// They never retry by themselves; [Attempts] does.
final class Clients {

  /// How long is waited for a connection, for an answer, and for what a function answers.
  enum Patience {
    /// Longest wait for results, and a little; longest run of a function, and a little.
    WORKING(Duration.ofSeconds(10), Duration.ofSeconds(40), Duration.ofMinutes(16)),

    /// Somebody sits before the screen.
    CHECKING(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3));

    private final Duration connect;
    private final Duration read;
    private final Duration invocation;

    Patience(Duration connect, Duration read, Duration invocation) {
      this.connect = connect;
      this.read = read;
      this.invocation = invocation;
    }
  }

  private final Plant plant;
  private final Identity identity;
  private final Meter meter;
  private final Supplier<UrlConnectionHttpClient.Builder> connections;
  private final Patience patience;
  private @Nullable SdkHttpClient http;
  private @Nullable S3Client s3;
  private @Nullable SqsClient sqs;
  private @Nullable LambdaClient lambda;
  private @Nullable StsClient sts;

  /// @param connections how hosts are connected to; a stand-in may need its own trust
  Clients(
      Plant plant,
      Identity identity,
      Meter meter,
      Supplier<UrlConnectionHttpClient.Builder> connections,
      Patience patience) {
    this.connections = connections;
    this.patience = patience;
    this.plant = plant;
    this.identity = identity;
    this.meter = meter;
  }

  synchronized S3Client s3() {
    if (s3 == null) {
      s3 =
          common(S3Client.builder(), this::http)
              .forcePathStyle(plant.endpoint().isPresent())
              .disableS3ExpressSessionAuth(true)
              // Results carry their own hash, which is checked anyway.
              .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
              .build();
    }
    return s3;
  }

  synchronized SqsClient sqs() {
    if (sqs == null) {
      sqs = common(SqsClient.builder(), this::http).build();
    }
    return sqs;
  }

  synchronized LambdaClient lambda() {
    if (lambda == null) {
      lambda = common(LambdaClient.builder(), () -> http(patience.invocation)).build();
    }
    return lambda;
  }

  synchronized StsClient sts() {
    if (sts == null) {
      sts = common(StsClient.builder(), this::http).build();
    }
    return sts;
  }

  private SdkHttpClient http() {
    if (http == null) {
      http = http(patience.read);
    }
    return http;
  }

  private SdkHttpClient http(Duration read) {
    return connections.get().connectionTimeout(patience.connect).socketTimeout(read).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B common(
      B builder, Supplier<SdkHttpClient> client) {
    B common =
        builder
            .region(Region.of(plant.region()))
            .credentialsProvider(identity)
            .httpClient(client.get())
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .addExecutionInterceptor(meter)
                    .build());
    return plant.endpoint().isPresent()
        ? common.endpointOverride(URI.create(plant.endpoint().get()))
        : common;
  }
}
