package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/// Credentials for a certificate that AWS IoT knows, from its credential provider.
public final class IotCredentials implements CredentialSource {

  /// What AWS IoT calls things.
  ///
  /// @param endpoint host name of the account's credential endpoint
  /// @param roleAlias stands for this device's role
  /// @param thing this device
  public record Names(String endpoint, String roleAlias, String thing) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");
    private static final Pattern ALIAS = Pattern.compile("[\\w=,@-]{1,128}");
    private static final Pattern THING = Pattern.compile("[\\w:-]{1,128}");

    /// @throws IdentityException when one is not what it should be
    public Names {
      require(
          "burst.aws.iot_endpoint",
          endpoint,
          HOST,
          "aws iot describe-endpoint --endpoint-type iot:CredentialProvider shows it");
      require("burst.aws.iot_role_alias", roleAlias, ALIAS, "aws iot list-role-aliases shows them");
      require("burst.aws.iot_thing", thing, THING, "aws iot list-things shows them");
    }

    private static void require(String key, String value, Pattern pattern, String how) {
      if (!pattern.matcher(value).matches()) {
        throw new IdentityException(
            Kind.UNKNOWN_NAME,
            "%s is \"%s\", which is no such name; %s".formatted(key, value, how));
      }
    }
  }

  private final IdentityFiles files;
  private final Names names;
  private final Door door;
  private final InstantSource clock;

  public IotCredentials(IdentityFiles files, Names names, Door door, InstantSource clock) {
    this.files = files;
    this.names = names;
    this.door = door;
    this.clock = clock;
  }

  @Override
  public SessionCredentials fetch() {
    DeviceIdentity identity = DeviceIdentity.read(files);
    Instant now = clock.instant();
    identity.requireValid(now);
    String base = "https://" + names.endpoint();
    URI address =
        URI.create(
            "%s/role-aliases/%s/credentials"
                .formatted(
                    door.endpoint()
                        .map(endpoint -> "https://" + endpoint.getAuthority())
                        .orElse(base),
                    names.roleAlias()));
    Caller.Answer answer =
        new Caller(door, clock, new OnlyKey(identity))
            .send(new Caller.Call(address, Map.of("x-amzn-iot-thingname", names.thing()), null));
    if (answer.status() == 200) {
      return CredentialsJson.find(answer.body())
          .orElseThrow(() ->
              new IdentityException(
                  Kind.UNEXPECTED, "AWS IoT answered 200 without credentials; it is tried again"));
    }
    throw refusal(answer, identity);
  }

  private IdentityException refusal(Caller.Answer answer, DeviceIdentity identity) {
    String said = CredentialsJson.message(answer.body());
    String words = said.isEmpty() ? "status " + answer.status() : "\"" + said + "\"";
    if (answer.status() == 429 || answer.errorType().startsWith("Throttling")) {
      return new IdentityException(
          Kind.THROTTLED, "AWS IoT asks to wait (%s); it is tried again later".formatted(words));
    }
    return switch (answer.status()) {
      case 401, 403 ->
          new IdentityException(
              Kind.DENIED,
              "AWS IoT gives %s no credentials for the role alias %s (%s); check that the certificate is active and attached to the thing %s, that its policy allows iot:AssumeRoleWithCertificate on the alias, and that the role trusts credentials.iot.amazonaws.com"
                  .formatted(identity.subject(), names.roleAlias(), words, names.thing()));
      case 400, 404 ->
          new IdentityException(
              Kind.UNKNOWN_NAME,
              "AWS IoT at %s does not know the role alias %s or the thing %s (%s); compare them: aws iot list-role-aliases, aws iot list-things"
                  .formatted(names.endpoint(), names.roleAlias(), names.thing(), words));
      default ->
          new IdentityException(
              Kind.UNEXPECTED,
              "AWS IoT answered %d (%s); it is tried again".formatted(answer.status(), words));
    };
  }
}
