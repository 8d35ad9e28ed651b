package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.fault.ServiceError;
import dev.sandpiper.standin.aws.s3.S3Xml.Node;
import dev.sandpiper.standin.http.Reply;
import dev.sandpiper.standin.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Answers S3 requests.
public final class S3Service {

  private static final int MOST_DELETED = 1000;

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public S3Service(Set<String> buckets, InstantSource clock) {
    this.clock = clock;
    buckets.forEach(name -> this.buckets.put(name, new Bucket()));
  }

  /// The keys of a bucket.
  public Set<String> keys(String bucket) {
    return Set.copyOf(held(bucket).objects().keySet());
  }

  /// Uploads of a bucket that are neither complete nor aborted.
  public int openUploads(String bucket) {
    return held(bucket).uploads();
  }

  /// Bytes in all buckets.
  public long bytes() {
    return buckets.values().stream().mapToLong(Bucket::bytes).sum();
  }

  /// Objects in all buckets.
  public long objects() {
    return buckets.values().stream().mapToLong(bucket -> bucket.objects().size()).sum();
  }

  private Bucket held(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException(
          "There is no bucket " + name + "; there are " + buckets.keySet());
    }
    return bucket;
  }

  /// What the API calls this request.
  public static String operation(Request request) {
    boolean object = request.path().indexOf('/', 1) > 0 && !request.path().endsWith("/");
    Map<String, String> query = request.query();
    return switch (request.method()) {
      case "PUT" ->
          !object ? "CreateBucket" : query.containsKey("uploadId") ? "UploadPart" : "PutObject";
      case "GET" ->
          object
              ? "GetObject"
              : query.containsKey("list-type") ? "ListObjectsV2" : "GetBucketLocation";
      case "HEAD" -> object ? "HeadObject" : "HeadBucket";
      case "DELETE" -> query.containsKey("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
      case "POST" ->
          query.containsKey("delete")
              ? "DeleteObjects"
              : query.containsKey("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
      default -> "Unknown";
    };
  }

  /// @throws RefusedException for every error S3 would send
  public Reply answer(Request request) throws RefusedException {
    String path = request.path().substring(1);
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    // A plus is a plus in a path.
    String key =
        slash < 0
            ? ""
            : URLDecoder.decode(
                path.substring(slash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    String operation = operation(request);
    if (operation.equals("CreateBucket")) {
      buckets.putIfAbsent(name, new Bucket());
      return Reply.empty(200).with("Location", "/" + name);
    }
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new RefusedException(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    return switch (operation) {
      case "PutObject" -> put(bucket, key, request);
      case "GetObject" -> get(bucket.object(key), request);
      case "HeadObject" -> head(bucket.object(key), request);
      case "DeleteObject" -> delete(bucket, key);
      case "DeleteObjects" -> deleteMany(bucket, request);
      case "ListObjectsV2" -> xml(Listing.of(name, bucket, request));
      case "HeadBucket" -> Reply.empty(200).with("x-amz-bucket-region", "eu-central-1");
      case "CreateMultipartUpload" -> begin(name, bucket, key, request);
      case "UploadPart" -> part(bucket, key, request);
      case "CompleteMultipartUpload" -> complete(name, bucket, key, request);
      case "AbortMultipartUpload" -> abort(bucket, key, request);
      default ->
          throw new RefusedException(
              501, "NotImplemented", "This stand-in does not know this request");
    };
  }

  private Reply put(Bucket bucket, String key, Request request) throws RefusedException {
    if (!request.header("x-amz-copy-source").isEmpty()) {
      throw new RefusedException(501, "NotImplemented", "This stand-in does not copy");
    }
    Payload payload = Payload.of(request);
    StoredObject object =
        new StoredObject(
            payload.content(),
            Checksums.etag(payload.content()),
            clock.instant(),
            kept(request),
            payload.checksums());
    if (request.header("if-none-match").equals("*")) {
      if (bucket.objects().putIfAbsent(key, object) != null) {
        throw new RefusedException(
            412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold");
      }
    } else {
      bucket.objects().put(key, object);
    }
    return stored(object.etag(), object.checksums());
  }

  /// What is stored with an object and comes out with it.
  private static Map<String, String> kept(Request request) {
    Map<String, String> kept = new TreeMap<>();
    request
        .headers()
        .forEach((name, value) -> {
          if (name.startsWith("x-amz-meta-")
              || name.equals("content-type")
              || name.equals("cache-control")) {
            kept.put(name, value);
          }
        });
    kept.putIfAbsent("content-type", "binary/octet-stream");
    return kept;
  }

  private static Reply stored(String etag, Map<String, String> checksums) {
    Reply reply =
        Reply.empty(200)
            .with("ETag", "\"" + etag + "\"")
            .with("x-amz-server-side-encryption", "AES256");
    for (Map.Entry<String, String> checksum : checksums.entrySet()) {
      reply = reply.with(checksum.getKey(), checksum.getValue());
    }
    return reply;
  }

  private static Reply get(StoredObject object, Request request) throws RefusedException {
    String range = request.header("range");
    if (range.isEmpty()) {
      return described(
          new Reply(200, Map.of(), object.body(), Reply.empty(200).delivery()), object, request);
    }
    ByteRange part = ByteRange.of(range, object.body().length);
    return described(
            new Reply(206, Map.of(), part.of(object.body()), Reply.empty(206).delivery()),
            object,
            request)
        .with("Content-Range", part.header(object.body().length));
  }

  private static Reply head(StoredObject object, Request request) {
    return described(Reply.empty(200), object, request)
        .with("Content-Length", String.valueOf(object.body().length));
  }

  private static Reply described(Reply reply, StoredObject object, Request request) {
    Map<String, String> headers = new TreeMap<>(object.headers());
    headers.put("ETag", "\"" + object.etag() + "\"");
    headers.put("Last-Modified", HttpDate.of(object.modified()));
    headers.put("Accept-Ranges", "bytes");
    headers.put("x-amz-server-side-encryption", "AES256");
    boolean whole = reply.status() == 200;
    if (whole && request.header("x-amz-checksum-mode").equalsIgnoreCase("ENABLED")) {
      headers.putAll(object.checksums());
      boolean composite = object.checksums().values().stream().anyMatch(sum -> sum.contains("-"));
      if (!object.checksums().isEmpty()) {
        headers.put("x-amz-checksum-type", composite ? "COMPOSITE" : "FULL_OBJECT");
      }
    }
    return new Reply(reply.status(), headers, reply.body(), reply.delivery());
  }

  private static Reply delete(Bucket bucket, String key) {
    bucket.objects().remove(key);
    return Reply.empty(204);
  }

  private static Reply deleteMany(Bucket bucket, Request request) throws RefusedException {
    Payload payload = Payload.of(request);
    if (payload.checksums().isEmpty() && request.header("content-md5").isEmpty()) {
      throw new RefusedException(
          400, "InvalidRequest", "Missing required header for this request: Content-MD5");
    }
    List<Map<String, String>> named = S3Xml.read(payload.content(), "Object");
    if (named.isEmpty() || named.size() > MOST_DELETED) {
      throw new RefusedException(
          400,
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    boolean quiet =
        new String(payload.content(), StandardCharsets.UTF_8).contains("<Quiet>true</Quiet>");
    List<Node> deleted = new ArrayList<>();
    for (Map<String, String> object : named) {
      String key = object.getOrDefault("Key", "");
      bucket.objects().remove(key);
      if (!quiet) {
        deleted.add(Node.of("Deleted", List.of(Node.of("Key", key))));
      }
    }
    return xml(S3Xml.write("DeleteResult", deleted));
  }

  private static Reply begin(String name, Bucket bucket, String key, Request request) {
    String algorithm = request.header("x-amz-checksum-algorithm");
    String id =
        bucket.begin(
            Upload.of(key, kept(request), algorithm.isEmpty() ? "" : Checksums.header(algorithm)));
    return xml(
        S3Xml.write(
            "InitiateMultipartUploadResult",
            List.of(Node.of("Bucket", name), Node.of("Key", key), Node.of("UploadId", id))));
  }

  private static Reply part(Bucket bucket, String key, Request request) throws RefusedException {
    Upload upload = bucket.upload(request.query().getOrDefault("uploadId", ""), key);
    Payload payload = Payload.of(request);
    String number = request.query().getOrDefault("partNumber", "");
    upload.put(number.matches("\\d{1,5}") ? Integer.parseInt(number) : 0, payload);
    return stored(Checksums.etag(payload.content()), payload.checksums());
  }

  private Reply complete(String name, Bucket bucket, String key, Request request)
      throws RefusedException {
    String id = request.query().getOrDefault("uploadId", "");
    Upload upload = bucket.upload(id, key);
    StoredObject object = upload.complete(S3Xml.read(request.body(), "Part"), clock.instant());
    bucket.objects().put(key, object);
    bucket.end(id);
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("Location", "/" + name + "/" + key));
    nodes.add(Node.of("Bucket", name));
    nodes.add(Node.of("Key", key));
    nodes.add(Node.of("ETag", "\"" + object.etag() + "\""));
    String crc = object.checksums().get(Checksums.CRC32);
    if (crc != null) {
      nodes.add(Node.of("ChecksumCRC32", crc));
      nodes.add(Node.of("ChecksumType", "COMPOSITE"));
    }
    return xml(S3Xml.write("CompleteMultipartUploadResult", nodes));
  }

  private static Reply abort(Bucket bucket, String key, Request request) throws RefusedException {
    String id = request.query().getOrDefault("uploadId", "");
    Upload _ = bucket.upload(id, key);
    bucket.end(id);
    return Reply.empty(204);
  }

  private static Reply xml(String text) {
    return Reply.of(200, "application/xml", text);
  }

  /// An error as S3 writes it.
  public static Reply error(ServiceError error, Request request, String requestId) {
    return Reply.of(
        error.status(),
        "application/xml",
        request.method().equals("HEAD")
            ? ""
            : S3Xml.write(
                "Error",
                List.of(
                    Node.of("Code", error.code()),
                    Node.of("Message", error.message()),
                    Node.of("Resource", request.path()),
                    Node.of("RequestId", requestId),
                    Node.of("HostId", "standin"))));
  }
}
