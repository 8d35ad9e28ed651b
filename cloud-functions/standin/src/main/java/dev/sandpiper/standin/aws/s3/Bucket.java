package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A bucket's objects in key order, and the uploads that are not complete.
final class Bucket {

  private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  NavigableMap<String, StoredObject> objects() {
    return objects;
  }

  int uploads() {
    return uploads.size();
  }

  long bytes() {
    return objects.values().stream().mapToLong(object -> object.body().length).sum();
  }

  StoredObject object(String key) throws RefusedException {
    StoredObject object = objects.get(key);
    if (object == null) {
      throw new RefusedException(404, "NoSuchKey", "The specified key does not exist.");
    }
    return object;
  }

  String begin(Upload upload) {
    String id = UUID.randomUUID().toString();
    uploads.put(id, upload);
    return id;
  }

  Upload upload(String id, String key) throws RefusedException {
    Upload upload = uploads.get(id);
    if (upload == null || !upload.key().equals(key)) {
      throw new RefusedException(
          404,
          "NoSuchUpload",
          "The specified upload does not exist. The upload ID may be invalid, or the upload may"
              + " have been aborted or completed.");
    }
    return upload;
  }

  void end(String id) {
    uploads.remove(id);
  }
}
