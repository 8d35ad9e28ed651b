package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// The adapters as the courier makes them, pointed at what stands in for AWS.
final class StandIns {

  private StandIns() {}

  static Depot depot(URI endpoint, Supplier<UrlConnectionHttpClient.Builder> connections) {
    Plant plant = plant(endpoint, "none");
    Attempts attempts = attempts();
    return new S3Depot(clients(plant, connections), plant, attempts, attempts, attempts);
  }

  static Post post(URI endpoint, URI queue) {
    Plant plant = plant(endpoint, queue.toString());
    return new SqsPost(
        clients(plant, UrlConnectionHttpClient::builder), plant, attempts(), attempts());
  }

  private static Plant plant(URI endpoint, String queue) {
    return Plants.plant(new Plants.Place(endpoint, queue, queue, Optional.empty()));
  }

  private static Clients clients(
      Plant plant, Supplier<UrlConnectionHttpClient.Builder> connections) {
    return new Clients(
        plant,
        identity(),
        new Meter(InstantSource.system()),
        connections,
        Clients.Patience.WORKING);
  }

  private static Attempts attempts() {
    return new Attempts(identity(), RandomGenerator.getDefault(), () -> {}, Attempts.PATIENT);
  }

  static Identity identity() {
    return Identity.ofProvider(
        () ->
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example")),
        InstantSource.system());
  }
}
