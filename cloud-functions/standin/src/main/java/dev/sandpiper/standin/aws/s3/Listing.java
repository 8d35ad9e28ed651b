package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.s3.S3Xml.Node;
import dev.sandpiper.standin.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// `ListObjectsV2`: keys by prefix, in pages.
final class Listing {

  private static final int MOST_KEYS = 1000;

  private Listing() {}

  static String of(String name, Bucket bucket, Request request) throws RefusedException {
    Map<String, String> query = request.query();
    if (!query.getOrDefault("delimiter", "").isEmpty()) {
      throw new RefusedException(501, "NotImplemented", "This stand-in lists without delimiters");
    }
    String prefix = query.getOrDefault("prefix", "");
    boolean encoded = query.getOrDefault("encoding-type", "").equals("url");
    int most = most(query.getOrDefault("max-keys", String.valueOf(MOST_KEYS)));
    String after = after(query);
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("Name", name));
    nodes.add(Node.of("Prefix", key(prefix, encoded)));
    List<Node> contents = new ArrayList<>();
    String last = "";
    boolean truncated = false;
    String from = after.compareTo(prefix) > 0 ? after : prefix;
    for (Map.Entry<String, StoredObject> entry :
        bucket.objects().tailMap(from, !from.equals(after)).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (contents.size() == most) {
        truncated = true;
        break;
      }
      last = entry.getKey();
      contents.add(Node.of("Contents", content(entry, encoded)));
    }
    nodes.add(Node.of("KeyCount", contents.size()));
    nodes.add(Node.of("MaxKeys", most));
    if (encoded) {
      nodes.add(Node.of("EncodingType", "url"));
    }
    nodes.add(Node.of("IsTruncated", truncated));
    if (truncated) {
      nodes.add(Node.of("NextContinuationToken", token(last)));
    }
    nodes.addAll(contents);
    return S3Xml.write("ListBucketResult", nodes);
  }

  private static List<Node> content(Map.Entry<String, StoredObject> entry, boolean encoded) {
    StoredObject object = entry.getValue();
    return List.of(
        Node.of("Key", key(entry.getKey(), encoded)),
        Node.of("LastModified", object.modified().truncatedTo(ChronoUnit.MILLIS)),
        Node.of("ETag", "\"" + object.etag() + "\""),
        Node.of("Size", object.body().length),
        Node.of("StorageClass", "STANDARD"));
  }

  private static String after(Map<String, String> query) throws RefusedException {
    String token = query.getOrDefault("continuation-token", "");
    if (token.isEmpty()) {
      return query.getOrDefault("start-after", "");
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new RefusedException(
          400, "InvalidArgument", "The continuation token provided is incorrect");
    }
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static int most(String text) throws RefusedException {
    try {
      return Math.clamp(Integer.parseInt(text), 0, MOST_KEYS);
    } catch (NumberFormatException _) {
      throw new RefusedException(
          400, "InvalidArgument", "Provided max-keys not an integer or within integer range");
    }
  }

  private static String key(String key, boolean encoded) {
    return encoded ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/") : key;
  }
}
