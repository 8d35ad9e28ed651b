package dev.sandpiper.edge.burst.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.view.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// What the agent says to the courier, as lines.
final class Orders {

  private Orders() {}

  /// The first line: where the cloud is. No secret is in it, only the names of files.
  static byte[] open(AwsBurstConfig config, Path scratch) {
    AwsBurstConfig.Plant plant = config.plant();
    AwsBurstConfig.Bounds bounds = config.bounds();
    return line(
        "open",
        json -> {
          json.writeStringField("region", plant.region());
          json.writeStringField("device", plant.device());
          json.writeStringField("inBucket", plant.inBucket());
          json.writeStringField("outBucket", plant.outBucket());
          json.writeStringField("jobsQueue", plant.jobsQueue());
          json.writeStringField("resultsQueue", plant.resultsQueue());
          optional(json, "function", plant.function());
          optional(json, "endpoint", plant.endpoint());
          json.writeNumberField("concurrency", bounds.concurrency());
          json.writeNumberField("directLimit", bounds.directLimit());
          json.writeNumberField("deadlineMillis", bounds.deadline().toMillis());
          json.writeStringField("scratch", scratch.toString());
          json.writeObjectFieldStart("credentials");
          credentials(json, config.credentials());
          json.writeEndObject();
        });
  }

  private static void credentials(JsonGenerator json, AwsBurstConfig.Credentials credentials)
      throws IOException {
    switch (credentials) {
      case AwsBurstConfig.Credentials.Default() -> json.writeStringField("kind", "default");
      case AwsBurstConfig.Credentials.Profile(String name) -> {
        json.writeStringField("kind", "profile");
        json.writeStringField("name", name);
      }
      case AwsBurstConfig.Credentials.RolesAnywhere anywhere -> {
        json.writeStringField("kind", "roles-anywhere");
        json.writeStringField("certificate", anywhere.certificate().toString());
        json.writeStringField("privateKey", anywhere.privateKey().toString());
        optional(json, "chain", anywhere.chain().map(Path::toString));
        json.writeStringField("trustAnchor", anywhere.trustAnchor());
        json.writeStringField("profileArn", anywhere.profileArn());
        json.writeStringField("roleArn", anywhere.roleArn());
      }
      case AwsBurstConfig.Credentials.Iot iot -> {
        json.writeStringField("kind", "iot");
        json.writeStringField("certificate", iot.certificate().toString());
        json.writeStringField("privateKey", iot.privateKey().toString());
        json.writeStringField("endpoint", iot.endpoint());
        json.writeStringField("roleAlias", iot.roleAlias());
        json.writeStringField("thing", iot.thing());
      }
    }
  }

  /// One task.
  ///
  /// @param direct whether it goes to the function itself, past the queue
  /// @param target where its result is to be written
  static byte[] task(BurstTask.Parse task, String id, boolean direct, Path target) {
    BurstTask.DocumentFile document = task.document();
    ParseRequest request =
        new ParseRequest(
            id,
            new DocumentRef(
                document.name(),
                document.sha256(),
                document.size(),
                document.mediaType(),
                new Source.File(document.file().toAbsolutePath().toString())),
            task.pages(),
            task.outputs(),
            task.limits(),
            task.split(),
            new ResultTarget.File(target.toString()));
    return line(
        "task",
        json -> {
          json.writeStringField("route", direct ? "direct" : "burst");
          json.writeFieldName("request");
          json.writeRawValue(text(request));
        });
  }

  private static String text(ParseRequest request) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(1 << 10);
    try {
      RequestJson.write(request, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json.toString(StandardCharsets.UTF_8);
  }

  static byte[] stored(String id) {
    return line("stored", json -> json.writeStringField("id", id));
  }

  static byte[] cancel(String id) {
    return line("cancel", json -> json.writeStringField("id", id));
  }

  static byte[] list(int limit) {
    return line(
        "list",
        json -> {
          if (limit < Integer.MAX_VALUE) {
            json.writeNumberField("limit", limit);
          }
        });
  }

  static byte[] fetch(String key, Path target) {
    return line(
        "fetch",
        json -> {
          json.writeStringField("key", key);
          json.writeStringField("file", target.toAbsolutePath().toString());
        });
  }

  static byte[] drop(String key) {
    return line("drop", json -> json.writeStringField("key", key));
  }

  /// An order without anything to it: `check`, `clean`, `own` or `stop`.
  static byte[] plain(String op) {
    return line(op, _ -> {});
  }

  private static byte[] line(String op, Json.Writer fields) {
    return (Json.line(json -> {
      json.writeStartObject();
      json.writeStringField("op", op);
      fields.write(json);
      json.writeEndObject();
    })
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void optional(JsonGenerator json, String field, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get());
    }
  }
}
