package dev.sandpiper.standin.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.standin.Needed;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

class MotoS3IT extends S3Contract {

  private @Nullable MotoServer server;
  private S3Client client;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    MotoServer started = MotoServer.start(List.of(BUCKET), List.of());
    server = started;
    client = Sdk.s3(started.endpoint(), 1);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @Override
  S3Client client() {
    return client;
  }

  /// Where moto differs from S3: it proves no checksum.
  @Override
  @Test
  void aWrongChecksumIsRefusedAndNothingIsStored() {
    int status =
        client
            .putObject(
                request -> request.bucket(BUCKET).key("wrong").checksumCRC32("AAAAAA=="),
                RequestBody.fromString("hello"))
            .sdkHttpResponse()
            .statusCode();
    assertThat(status).isEqualTo(200);
  }

  /// Where moto differs from S3: it fails with status 500.
  @Override
  @Test
  void anUploadThatIsAbortedIsGone() {
    String upload =
        client.createMultipartUpload(request -> request.bucket(BUCKET).key("gone")).uploadId();
    client.abortMultipartUpload(request -> request.bucket(BUCKET).key("gone").uploadId(upload));
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag("\"0\"").build();
    assertThatThrownBy(() ->
            client.completeMultipartUpload(request ->
                request
                    .bucket(BUCKET)
                    .key("gone")
                    .uploadId(upload)
                    .multipartUpload(whole -> whole.parts(part))))
        .isInstanceOf(S3Exception.class);
  }
}
