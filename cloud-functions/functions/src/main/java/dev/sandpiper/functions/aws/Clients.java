package dev.sandpiper.functions.aws;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The SDK's clients, with a bound on every wait. Their endpoints may be named in the environment,
/// in the SDK's own way.
///
/// @param http what carries both; closing it closes idle connections
record Clients(SdkHttpClient http, S3Client s3, SqsClient sqs) implements AutoCloseable {

  private static final int ATTEMPTS = 3;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /// One attempt at 512 MiB, at less than a tenth of what S3 gives a function.
  private static final Duration OBJECT_ATTEMPT = Duration.ofSeconds(60);

  private static final Duration OBJECT_CALL = Duration.ofMinutes(2);
  private static final Duration MESSAGE_ATTEMPT = Duration.ofSeconds(5);
  private static final Duration MESSAGE_CALL = Duration.ofSeconds(15);

  /// Clients with the credentials of the function's own environment.
  static Clients open(String region, Supplier<SdkHttpClient> http) {
    return open(region, http.get(), ownCredentials());
  }

  static Clients open(String region, SdkHttpClient http, AwsCredentialsProvider credentials) {
    Region where = Region.of(region);
    S3Client s3 =
        S3Client.builder()
            .region(where)
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(bounds(OBJECT_ATTEMPT, OBJECT_CALL))
            // It would cost a round trip to learn that a small body may be sent.
            .serviceConfiguration(s -> s.expectContinueEnabled(false))
            .build();
    SqsClient sqs =
        SqsClient.builder()
            .region(where)
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(bounds(MESSAGE_ATTEMPT, MESSAGE_CALL))
            .build();
    return new Clients(http, s3, sqs);
  }

  /// The JDK's own HTTP client: it starts fastest and brings no library.
  static SdkHttpClient jdkHttp() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT)
        .socketTimeout(SILENCE)
        .build();
  }

  private static ClientOverrideConfiguration bounds(Duration attempt, Duration call) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(attempt)
        .apiCallTimeout(call)
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build())
        .build();
  }

  /// The role's credentials: variables, or with SnapStart the endpoint that the variables name.
  private static AwsCredentialsProvider ownCredentials() {
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(),
        ContainerCredentialsProvider.builder().build());
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
    http.close();
  }
}
