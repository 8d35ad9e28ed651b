import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the AWS SDK leaves behind in a process that used it for one burst and closed it:
/// `SdkInProcess ENDPOINT BUCKET QUEUE COUNT`. Prints RSS and own pages in MB before, and 15 s after.
public final class SdkInProcess {

  public static void main(String[] args) throws Exception {
    settle();
    String before = memory();
    burst(URI.create(args[0]), args[1], args[2], Integer.parseInt(args[3]));
    settle();
    System.out.println(before + " " + memory());
  }

  private static void burst(URI endpoint, String bucket, String queue, int count) {
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("ASIABENCH", "none"));
    try (var http = UrlConnectionHttpClient.create();
        S3Client s3 =
            S3Client.builder().endpointOverride(endpoint).region(Region.EU_CENTRAL_1).forcePathStyle(true)
                .credentialsProvider(credentials).httpClient(http).build();
        SqsClient sqs =
            SqsClient.builder().endpointOverride(endpoint).region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials).httpClient(http).build()) {
      byte[] document = new byte[4_096];
      for (int i = 0; i < count; i++) {
        String key = "in/bench/" + i;
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(document));
        s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
        s3.deleteObject(delete -> delete.bucket(bucket).key(key));
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody(key));
        sqs.receiveMessage(receive -> receive.queueUrl(queue))
            .messages()
            .forEach(message -> sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle())));
      }
    }
  }

  /// The native heap is trimmed every 10 s.
  private static void settle() throws InterruptedException {
    System.gc();
    Thread.sleep(15_000);
  }

  private static String memory() throws IOException {
    long rss = 0;
    long own = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
      List<String> words = List.of(line.split("\\s+"));
      switch (words.getFirst()) {
        case "Rss:" -> rss = Long.parseLong(words.get(1));
        case "Private_Dirty:" -> own = Long.parseLong(words.get(1));
        default -> {}
      }
    }
    return "%.1f %.1f".formatted(rss / 1024.0, own / 1024.0);
  }
}
