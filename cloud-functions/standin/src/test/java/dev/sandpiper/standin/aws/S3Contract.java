package dev.sandpiper.standin.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// What the product uses of S3, seen through the SDK. One subclass for each server.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3Contract {

  static final String BUCKET = "sandpiper-in";
  private static final int PART = 5 << 20;

  abstract S3Client client();

  private final String folder = "in/" + UUID.randomUUID() + "/";

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private PutObjectResponse put(String key, byte[] content) {
    return client()
        .putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
  }

  private ResponseBytes<GetObjectResponse> get(String key) {
    return client().getObjectAsBytes(request -> request.bucket(BUCKET).key(key));
  }

  private static void assertRefused(Throwable thrown, int status, String code) {
    assertThat(thrown)
        .asInstanceOf(type(AwsServiceException.class))
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(status);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 65_536, 200_001, 3_000_000})
  void contentComesBackAsItWasPut(int size) {
    byte[] content = bytes(size, size);
    put(folder + "size-" + size, content);
    assertThat(get(folder + "size-" + size).asByteArray()).isEqualTo(content);
  }

  @Test
  void metadataAndTypeComeBack() {
    String key = folder + "described";
    client()
        .putObject(
            request ->
                request
                    .bucket(BUCKET)
                    .key(key)
                    .contentType("application/pdf")
                    .metadata(
                        Map.of(
                            "sandpiper-name",
                            "a%20b%C3%BC.pdf",
                            "sandpiper-type",
                            "application/pdf")),
            RequestBody.fromString("x"));
    HeadObjectResponse head = client().headObject(request -> request.bucket(BUCKET).key(key));
    assertThat(head.metadata())
        .containsEntry("sandpiper-name", "a%20b%C3%BC.pdf")
        .containsEntry("sandpiper-type", "application/pdf");
    assertThat(head.contentType()).isEqualTo("application/pdf");
    assertThat(head.contentLength()).isEqualTo(1);
    assertThat(get(key).response().metadata()).isEqualTo(head.metadata());
  }

  @Test
  void anObjectIsReplaced() {
    String key = folder + "twice";
    put(key, new byte[] {1});
    String etag = put(key, new byte[] {2}).eTag();
    assertThat(get(key).asByteArray()).containsExactly(2);
    assertThat(get(key).response().eTag()).isEqualTo(etag).startsWith("\"").endsWith("\"");
  }

  @Test
  void theChecksumThatTheSdkAddsIsKept() {
    String key = folder + "crc";
    String sum = put(key, bytes(1000, 1)).checksumCRC32();
    assertThat(sum).hasSize(8);
    HeadObjectResponse head =
        client()
            .headObject(
                request -> request.bucket(BUCKET).key(key).checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC32()).isEqualTo(sum);
  }

  @Test
  void aSha256ThatWasAskedForIsKept() {
    String key = folder + "sha";
    PutObjectResponse response =
        client()
            .putObject(
                request ->
                    request.bucket(BUCKET).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromString("hello"));
    assertThat(response.checksumSHA256()).isEqualTo("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
  }

  @Test
  void aWrongChecksumIsRefusedAndNothingIsStored() {
    String key = folder + "wrong";
    assertThatThrownBy(() ->
            client()
                .putObject(
                    request -> request.bucket(BUCKET).key(key).checksumCRC32("AAAAAA=="),
                    RequestBody.fromString("hello")))
        .satisfies(e -> assertRefused(e, 400, wrongChecksumCode()));
    assertThatThrownBy(() -> get(key)).isInstanceOf(NoSuchKeyException.class);
  }

  /// S3's own word is `BadDigest`.
  String wrongChecksumCode() {
    return "BadDigest";
  }

  @Test
  void aKeyThatIsNotThereIsNoSuchKey() {
    assertThatThrownBy(() -> get(folder + "nothing"))
        .isInstanceOf(NoSuchKeyException.class)
        .satisfies(e -> assertRefused(e, 404, "NoSuchKey"));
    assertThatThrownBy(
            () -> client().headObject(request -> request.bucket(BUCKET).key(folder + "nothing")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aBucketThatIsNotThereIsNoSuchBucket() {
    assertThatThrownBy(() ->
            client()
                .putObject(
                    request -> request.bucket("sandpiper-nowhere").key("a"),
                    RequestBody.fromString("x")))
        .isInstanceOf(NoSuchBucketException.class)
        .satisfies(e -> assertRefused(e, 404, "NoSuchBucket"));
    assertThatThrownBy(() -> client().headBucket(request -> request.bucket("sandpiper-nowhere")))
        .satisfies(e ->
            assertThat(e)
                .asInstanceOf(type(S3Exception.class))
                .extracting(S3Exception::statusCode)
                .isEqualTo(404));
    assertThat(
            client().headBucket(request -> request.bucket(BUCKET)).sdkHttpResponse().statusCode())
        .isEqualTo(200);
  }

  @Test
  void deletingTwiceIsNoError() {
    String key = folder + "gone";
    put(key, new byte[] {1});
    for (int i = 0; i < 2; i++) {
      client().deleteObject(request -> request.bucket(BUCKET).key(key));
    }
    assertThatThrownBy(() -> get(key)).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void manyAreDeletedAtOnce() {
    List<ObjectIdentifier> named = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String key = folder + "many/" + i;
      put(key, new byte[] {1});
      named.add(ObjectIdentifier.builder().key(key).build());
    }
    named.add(ObjectIdentifier.builder().key(folder + "many/never").build());
    assertThat(
            client()
                .deleteObjects(
                    request -> request.bucket(BUCKET).delete(delete -> delete.objects(named)))
                .errors())
        .isEmpty();
    assertThat(keys(folder + "many/")).isEmpty();
  }

  private List<String> keys(String prefix) {
    return client()
        .listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void keysAreListedByPrefixInPagesInOrder() {
    List<String> wanted =
        IntStream.range(0, 25).mapToObj(i -> folder + "list/%02d".formatted(i)).toList();
    wanted.forEach(key -> put(key, bytes(7, 1)));
    put(folder + "lisu", new byte[] {1});
    List<String> seen = new ArrayList<>();
    String token = null;
    int pages = 0;
    do {
      String next = token;
      ListObjectsV2Response page =
          client()
              .listObjectsV2(request ->
                  request
                      .bucket(BUCKET)
                      .prefix(folder + "list/")
                      .maxKeys(10)
                      .continuationToken(next));
      page.contents().forEach(object -> seen.add(object.key()));
      assertThat(page.contents()).allSatisfy(object -> assertThat(object.size()).isEqualTo(7));
      token = page.nextContinuationToken();
      pages++;
    } while (token != null);
    assertThat(seen).isEqualTo(wanted);
    assertThat(pages).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "plus+plus", "per%cent", "umläut", "a&b<c>'d", "x=1?y#z"})
  void oddKeysAreKeptApart(String name) {
    String key = folder + "odd/" + name;
    put(key, new byte[] {1});
    assertThat(get(key).asByteArray()).hasSize(1);
    assertThat(keys(folder + "odd/")).contains(key);
    client().deleteObject(request -> request.bucket(BUCKET).key(key));
    assertThat(keys(folder + "odd/")).doesNotContain(key);
  }

  @Test
  void aRangeOfAnObjectIsRead() {
    put(folder + "range", new byte[] {0, 1, 2, 3, 4, 5});
    byte[] part =
        client()
            .getObjectAsBytes(
                request -> request.bucket(BUCKET).key(folder + "range").range("bytes=2-3"))
            .asByteArray();
    assertThat(part).containsExactly(2, 3);
  }

  @Test
  void partsMakeOneObject() {
    String key = folder + "large";
    byte[] content = bytes(2 * PART + 1234, 5);
    String upload = begin(key);
    List<CompletedPart> parts = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      parts.add(part(key, upload, number, content));
    }
    client()
        .completeMultipartUpload(request ->
            request
                .bucket(BUCKET)
                .key(key)
                .uploadId(upload)
                .multipartUpload(whole -> whole.parts(parts)));
    ResponseBytes<GetObjectResponse> found = get(key);
    assertThat(found.asByteArray()).isEqualTo(content);
    assertThat(found.response().eTag()).endsWith("-3\"");
    assertThat(found.response().metadata()).containsEntry("sandpiper-name", "large.pdf");
  }

  private String begin(String key) {
    return client()
        .createMultipartUpload(request ->
            request
                .bucket(BUCKET)
                .key(key)
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .metadata(Map.of("sandpiper-name", "large.pdf")))
        .uploadId();
  }

  private CompletedPart part(String key, String upload, int number, byte[] content) {
    int from = (number - 1) * PART;
    byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + PART));
    UploadPartResponse response =
        client()
            .uploadPart(
                request ->
                    request
                        .bucket(BUCKET)
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromBytes(part));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(response.eTag())
        .checksumCRC32(response.checksumCRC32())
        .build();
  }

  @Test
  void anUploadThatIsAbortedIsGone() {
    String key = folder + "aborted";
    String upload = begin(key);
    CompletedPart part = part(key, upload, 1, bytes(100, 1));
    client().abortMultipartUpload(request -> request.bucket(BUCKET).key(key).uploadId(upload));
    assertThatThrownBy(() ->
            client()
                .completeMultipartUpload(request ->
                    request
                        .bucket(BUCKET)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(part))))
        .satisfies(e -> assertRefused(e, 404, "NoSuchUpload"));
    assertThatThrownBy(() -> get(key)).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aPartThatWasNeverSentIsInvalid() {
    String key = folder + "unfinished";
    String upload = begin(key);
    CompletedPart part = part(key, upload, 1, bytes(100, 1));
    CompletedPart other = part.toBuilder().partNumber(2).build();
    assertThatThrownBy(() ->
            client()
                .completeMultipartUpload(request ->
                    request
                        .bucket(BUCKET)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(other))))
        .satisfies(e -> assertRefused(e, 400, "InvalidPart"));
    client().abortMultipartUpload(request -> request.bucket(BUCKET).key(key).uploadId(upload));
  }
}
