package dev.sandpiper.edge.courier.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Bounds;
import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.config.AwsBurstConfig.Mode;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The configuration on the first line. Keys are named by their files: no secret travels.
final class OpenJson {

  private static final String DEFAULT = "default";
  private static final String ROLES_ANYWHERE = "roles-anywhere";
  private static final String IOT = "iot";

  private OpenJson() {}

  static void write(Order.Open open, JsonGenerator json) throws IOException {
    AwsBurstConfig config = open.config();
    Plant plant = config.plant();
    json.writeStringField(Word.MODE, config.mode().name().toLowerCase(Locale.ROOT));
    json.writeStringField(Word.REGION, plant.region());
    json.writeStringField(Word.DEVICE, plant.device());
    json.writeStringField(Word.IN_BUCKET, plant.inBucket());
    json.writeStringField(Word.OUT_BUCKET, plant.outBucket());
    json.writeStringField(Word.JOBS_QUEUE, plant.jobsQueue());
    json.writeStringField(Word.RESULTS_QUEUE, plant.resultsQueue());
    optional(Word.FUNCTION, plant.function(), json);
    optional(Word.ENDPOINT, plant.endpoint(), json);
    json.writeNumberField(Word.CONCURRENCY, config.bounds().concurrency());
    json.writeNumberField(Word.DIRECT_LIMIT, config.bounds().directLimit());
    json.writeNumberField(Word.DEADLINE_MILLIS, config.bounds().deadline().toMillis());
    json.writeNumberField(Word.IDLE_MILLIS, config.bounds().idle().toMillis());
    json.writeObjectFieldStart(Word.CREDENTIALS);
    credentials(config.credentials(), json);
    json.writeEndObject();
    json.writeStringField(Word.SCRATCH, open.scratch().toString());
  }

  private static void credentials(Credentials credentials, JsonGenerator json) throws IOException {
    switch (credentials) {
      case Credentials.Default() -> json.writeStringField(Word.KIND, DEFAULT);
      case Credentials.Profile(String name) -> {
        json.writeStringField(Word.KIND, Word.PROFILE);
        json.writeStringField(Word.PROFILE, name);
      }
      case Credentials.RolesAnywhere anywhere -> {
        json.writeStringField(Word.KIND, ROLES_ANYWHERE);
        json.writeStringField(Word.CERTIFICATE, anywhere.certificate().toString());
        json.writeStringField(Word.PRIVATE_KEY, anywhere.privateKey().toString());
        optional(Word.CHAIN, anywhere.chain().map(Path::toString), json);
        json.writeStringField(Word.TRUST_ANCHOR, anywhere.trustAnchor());
        json.writeStringField(Word.PROFILE_ARN, anywhere.profileArn());
        json.writeStringField(Word.ROLE_ARN, anywhere.roleArn());
      }
      case Credentials.Iot iot -> {
        json.writeStringField(Word.KIND, IOT);
        json.writeStringField(Word.CERTIFICATE, iot.certificate().toString());
        json.writeStringField(Word.PRIVATE_KEY, iot.privateKey().toString());
        json.writeStringField(Word.ENDPOINT, iot.endpoint());
        json.writeStringField(Word.ROLE_ALIAS, iot.roleAlias());
        json.writeStringField(Word.THING, iot.thing());
      }
    }
  }

  private static void optional(String name, Optional<String> value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  static Order.Open read(Fields fields) {
    return new Order.Open(
        new AwsBurstConfig(
            mode(fields.text(Word.MODE)),
            new Plant(
                fields.text(Word.REGION),
                fields.text(Word.DEVICE),
                fields.text(Word.IN_BUCKET),
                fields.text(Word.OUT_BUCKET),
                fields.text(Word.JOBS_QUEUE),
                fields.text(Word.RESULTS_QUEUE),
                fields.findText(Word.FUNCTION),
                fields.findText(Word.ENDPOINT)),
            new Bounds(
                Math.toIntExact(fields.number(Word.CONCURRENCY)),
                fields.number(Word.DIRECT_LIMIT),
                Duration.ofMillis(fields.number(Word.DEADLINE_MILLIS)),
                Duration.ofMillis(fields.number(Word.IDLE_MILLIS))),
            credentials(fields.object(Word.CREDENTIALS))),
        fields.path(Word.SCRATCH));
  }

  private static Mode mode(String name) {
    for (Mode mode : Mode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new ProtocolException("\"" + Word.MODE + "\" is off, overflow or first, not " + name);
  }

  private static Credentials credentials(Fields fields) {
    String kind = fields.text(Word.KIND);
    return switch (kind) {
      case DEFAULT -> new Credentials.Default();
      case Word.PROFILE -> new Credentials.Profile(fields.text(Word.PROFILE));
      case ROLES_ANYWHERE ->
          new Credentials.RolesAnywhere(
              fields.path(Word.CERTIFICATE),
              fields.path(Word.PRIVATE_KEY),
              fields.findPath(Word.CHAIN),
              fields.text(Word.TRUST_ANCHOR),
              fields.text(Word.PROFILE_ARN),
              fields.text(Word.ROLE_ARN));
      case IOT ->
          new Credentials.Iot(
              fields.path(Word.CERTIFICATE),
              fields.path(Word.PRIVATE_KEY),
              fields.text(Word.ENDPOINT),
              fields.text(Word.ROLE_ALIAS),
              fields.text(Word.THING));
      default -> throw new ProtocolException("unknown credentials \"" + kind + "\"");
    };
  }
}
