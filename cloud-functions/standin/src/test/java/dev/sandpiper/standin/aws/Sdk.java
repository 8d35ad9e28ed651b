package dev.sandpiper.standin.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Clients of the real SDK.
final class Sdk {

  static final String ACCESS_KEY = "AKIDTEST";
  private static final Region REGION = Region.EU_CENTRAL_1;

  private Sdk() {}

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "secret"));
  }

  private static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(40)).build();
  }

  private static ClientOverrideConfiguration attempts(int attempts) {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(attempts).build())
        .build();
  }

  static S3Client s3(URI endpoint, int attempts) {
    return s3(endpoint, attempts, http());
  }

  /// Trusts one server's own certificate.
  static S3Client s3(URI endpoint, TlsTrustManagersProvider trust) {
    return s3(
        endpoint, 1, UrlConnectionHttpClient.builder().tlsTrustManagersProvider(trust).build());
  }

  private static S3Client s3(URI endpoint, int attempts, SdkHttpClient http) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(REGION)
        .credentialsProvider(credentials())
        .httpClient(http)
        .overrideConfiguration(attempts(attempts))
        .build();
  }

  static SqsClient sqs(URI endpoint, int attempts) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(credentials())
        .httpClient(http())
        .overrideConfiguration(attempts(attempts))
        .build();
  }

  static LambdaClient lambda(URI endpoint, int attempts) {
    return LambdaClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(credentials())
        .httpClient(http())
        .overrideConfiguration(attempts(attempts))
        .build();
  }
}
