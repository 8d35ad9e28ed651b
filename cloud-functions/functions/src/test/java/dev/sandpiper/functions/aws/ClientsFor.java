package dev.sandpiper.functions.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/// The function's clients for a server of the test's own.
final class ClientsFor {

  private ClientsFor() {}

  static Clients endpoint(URI endpoint, String region, SdkHttpClient http) {
    System.setProperty("aws.endpointUrl", endpoint.toString());
    try {
      return Clients.open(
          region,
          http,
          StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")));
    } finally {
      System.clearProperty("aws.endpointUrl");
    }
  }
}
