package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ParseReply.Stored;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.Verdict.Again;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// The depot in S3.
final class S3Depot implements Depot {

  /// Larger documents go in parts: one that breaks is sent again alone.
  static final long ONE_PIECE = 16L << 20;

  private static final long PART = 8L << 20;

  /// S3 takes 10,000 parts; more than these make the parts larger.
  private static final long MOST_PARTS = 1_000;

  private static final String NAME = "sandpiper-name";
  private static final String TYPE = "sandpiper-type";

  private final Clients clients;
  private final Plant plant;
  private final Attempts puts;
  private final Downloads downloads;
  private final Attempts others;

  /// @param puts slows uploads down
  /// @param gets slows downloads down
  /// @param others for what is rare
  S3Depot(Clients clients, Plant plant, Attempts puts, Attempts gets, Attempts others) {
    this.clients = clients;
    this.plant = plant;
    this.puts = puts;
    this.others = others;
    downloads = new Downloads(clients, gets);
  }

  private String bucket(Side side) {
    return side == Side.IN ? plant.inBucket() : plant.outBucket();
  }

  @Override
  public void put(Parcel parcel) {
    if (parcel.size() > ONE_PIECE) {
      putParts(parcel);
      return;
    }
    puts.run(
        "Uploading " + parcel.key(),
        () ->
            clients
                .s3()
                .putObject(
                    put ->
                        put.bucket(plant.inBucket())
                            .key(parcel.key())
                            .checksumSHA256(
                                Base64.getEncoder()
                                    .encodeToString(HexFormat.of().parseHex(parcel.sha256())))
                            .metadata(metadata(parcel)),
                    new FileSlice(parcel.file(), 0, parcel.size()).body()));
  }

  private static Map<String, String> metadata(Parcel parcel) {
    String name = MetadataText.encode(parcel.name());
    return parcel.type() == null
        ? Map.of(NAME, name)
        : Map.of(NAME, name, TYPE, MetadataText.encode(parcel.type()));
  }

  private void putParts(Parcel parcel) {
    String what = "Uploading " + parcel.key() + " in parts";
    String upload =
        puts.run(
            what,
            () ->
                clients
                    .s3()
                    .createMultipartUpload(create ->
                        create
                            .bucket(plant.inBucket())
                            .key(parcel.key())
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                            .metadata(metadata(parcel)))
                    .uploadId());
    boolean whole = false;
    try {
      List<CompletedPart> parts = parts(parcel, upload, what);
      puts.run(
          what,
          () ->
              clients
                  .s3()
                  .completeMultipartUpload(complete ->
                      complete
                          .bucket(plant.inBucket())
                          .key(parcel.key())
                          .uploadId(upload)
                          .multipartUpload(all -> all.parts(parts))));
      whole = true;
    } finally {
      if (!whole) {
        abort(parcel, upload);
      }
    }
  }

  private List<CompletedPart> parts(Parcel parcel, String upload, String what) {
    long length = Math.max(PART, Math.ceilDiv(parcel.size(), MOST_PARTS));
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < parcel.size(); from += length) {
      FileSlice slice = new FileSlice(parcel.file(), from, Math.min(length, parcel.size() - from));
      int number = parts.size() + 1;
      UploadPartResponse done =
          puts.run(
              what,
              () ->
                  clients
                      .s3()
                      .uploadPart(
                          part ->
                              part.bucket(plant.inBucket())
                                  .key(parcel.key())
                                  .uploadId(upload)
                                  .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                                  .partNumber(number),
                          slice.body()));
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(done.eTag())
              .checksumCRC32(done.checksumCRC32())
              .build());
    }
    return parts;
  }

  /// Also when the courier is being stopped: the thread is interrupted, the request must go
  /// nevertheless.
  private void abort(Parcel parcel, String upload) {
    boolean interrupted = Thread.interrupted();
    try {
      others.run(
          "Taking back the parts of " + parcel.key(),
          () ->
              clients
                  .s3()
                  .abortMultipartUpload(
                      abort -> abort.bucket(plant.inBucket()).key(parcel.key()).uploadId(upload)));
    } catch (CloudException e) {
      // The bucket's lifecycle rule takes them back; what failed first is what matters.
      System.err.println("courier: " + e.words());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void get(Side side, String key, Path target, Stored expected) {
    downloads.get(
        bucket(side), key, target, new Downloads.Wanted(expected.sha256(), expected.size()));
  }

  @Override
  public void getDocument(String key, String sha256, Path target) {
    downloads.get(plant.inBucket(), key, target, new Downloads.Wanted(sha256, -1));
  }

  @Override
  public List<String> delete(Side side, List<String> keys) {
    List<String> left = keys;
    String what = "Deleting " + keys.size() + " objects from " + bucket(side);
    for (int attempt = 1; !left.isEmpty() && attempt <= Attempts.MOST; attempt++) {
      List<ObjectIdentifier> these =
          left.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
      DeleteObjectsResponse answer =
          others.run(
              what,
              () ->
                  clients
                      .s3()
                      .deleteObjects(delete ->
                          delete
                              .bucket(bucket(side))
                              .delete(all -> all.objects(these).quiet(true))));
      left = answer.errors().stream().map(error -> error.key()).toList();
      if (!left.isEmpty()) {
        String code = String.valueOf(answer.errors().getFirst().code());
        if (code.startsWith("AccessDenied")) {
          throw new CloudException(
              Fault.DENIED,
              what
                  + " failed. AWS says "
                  + code
                  + ": give the device's role s3:DeleteObject on"
                  + " its prefixes (infra/edge-identity.yaml).",
              null);
        }
        others.pause(Again.LATER, attempt);
      }
    }
    return left;
  }

  @Override
  public void list(String prefix, int limit, Consumer<List<Notice.Item>> page) {
    pages(
        Side.IN,
        prefix,
        limit,
        objects -> {
          List<Notice.Item> items = new ArrayList<>();
          for (S3Object object : objects) {
            item(object, items);
          }
          page.accept(items);
        });
  }

  @Override
  public void keys(Side side, String prefix, Consumer<List<String>> page) {
    pages(
        side,
        prefix,
        Integer.MAX_VALUE,
        objects -> page.accept(objects.stream().map(S3Object::key).toList()));
  }

  private void pages(Side side, String prefix, int limit, Consumer<List<S3Object>> page) {
    String token = null;
    int left = limit;
    do {
      ListObjectsV2Request request =
          ListObjectsV2Request.builder()
              .bucket(bucket(side))
              .prefix(prefix)
              .maxKeys(Math.min(MOST_DELETED, left))
              .continuationToken(token)
              .build();
      ListObjectsV2Response answer =
          others.run("Listing " + prefix, () -> clients.s3().listObjectsV2(request));
      page.accept(answer.contents());
      left -= answer.contents().size();
      token = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
    } while (token != null && left > 0);
  }

  /// An object that went between the list and the look is none.
  private void item(S3Object object, List<Notice.Item> items) {
    try {
      HeadObjectResponse head =
          others.run(
              "Looking at " + object.key(),
              () ->
                  clients.s3().headObject(look -> look.bucket(plant.inBucket()).key(object.key())));
      items.add(
          new Notice.Item(
              object.key(),
              object.size(),
              MetadataText.decode(head.metadata().getOrDefault(NAME, "")),
              MetadataText.decode(head.metadata().getOrDefault(TYPE, ""))));
    } catch (CloudException e) {
      if (!(e.getCause() instanceof NoSuchKeyException)) {
        throw e;
      }
    }
  }

  @Override
  public void probe(Side side, String prefix) {
    others.run(
        "Listing " + prefix + " in " + bucket(side),
        () ->
            clients
                .s3()
                .listObjectsV2(list -> list.bucket(bucket(side)).prefix(prefix).maxKeys(1)));
  }
}
