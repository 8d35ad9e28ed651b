package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Credentials for a certificate, from IAM Roles Anywhere.
public final class RolesAnywhere implements CredentialSource {

  private static final int SECONDS = 3_600;

  /// What the stack's outputs name.
  ///
  /// @param trustAnchor ARN; its region is the region that is asked
  /// @param profile ARN
  /// @param role ARN of the role to be
  public record Names(String trustAnchor, String profile, String role) {

    private static final Pattern ANCHOR =
        Pattern.compile(
            "arn:(aws[a-z-]*):rolesanywhere:([a-z0-9-]{1,40}):\\d{12}:trust-anchor/[\\w-]{1,64}");
    private static final Pattern PROFILE =
        Pattern.compile(
            "arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]{1,40}:\\d{12}:profile/[\\w-]{1,64}");
    private static final Pattern ROLE =
        Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");

    /// @throws IdentityException when one is not what it should be
    public Names {
      require("burst.aws.trust_anchor", trustAnchor, ANCHOR);
      require("burst.aws.profile_arn", profile, PROFILE);
      require("burst.aws.role_arn", role, ROLE);
    }

    private static void require(String key, String value, Pattern pattern) {
      if (!pattern.matcher(value).matches()) {
        throw new IdentityException(
            Kind.UNKNOWN_NAME,
            "%s is \"%s\", which is not such an ARN; copy it from the stack's outputs, or let scripts/deploy write it"
                .formatted(key, value));
      }
    }

    private Matcher anchor() {
      Matcher matcher = ANCHOR.matcher(trustAnchor);
      if (!matcher.matches()) {
        throw new IllegalStateException(trustAnchor);
      }
      return matcher;
    }

    String region() {
      return anchor().group(2);
    }

    URI endpoint() {
      String domain = anchor().group(1).equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
      return URI.create("https://rolesanywhere.%s.%s".formatted(region(), domain));
    }
  }

  private final IdentityFiles files;
  private final Names names;
  private final Door door;
  private final InstantSource clock;

  public RolesAnywhere(IdentityFiles files, Names names, Door door, InstantSource clock) {
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
    Caller.Answer answer = new Caller(door, clock, null).send(request(identity, now));
    if (answer.status() == 201 || answer.status() == 200) {
      return CredentialsJson.find(answer.body())
          .orElseThrow(() ->
              new IdentityException(
                  Kind.UNEXPECTED,
                  "IAM Roles Anywhere answered %d without credentials; it is tried again"
                      .formatted(answer.status())));
    }
    throw refusal(answer, identity);
  }

  private Caller.Call request(DeviceIdentity identity, Instant now) {
    TreeMap<String, String> query = new TreeMap<>();
    query.put("profileArn", names.profile());
    query.put("roleArn", names.role());
    query.put("trustAnchorArn", names.trustAnchor());
    String body = "{\"durationSeconds\":%d}".formatted(SECONDS);
    URI endpoint = door.endpoint().map(RolesAnywhere::bare).orElseGet(names::endpoint);
    try {
      return new SignedRequest(endpoint, "/sessions", query, body, names.region())
          .sign(identity, now);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "the private key %s cannot sign: %s; make a new one: sandpiper cloud enroll"
              .formatted(files.privateKey(), e.getMessage()),
          e);
    }
  }

  private static URI bare(URI endpoint) {
    return URI.create(endpoint.getScheme() + "://" + endpoint.getAuthority());
  }

  private IdentityException refusal(Caller.Answer answer, DeviceIdentity identity) {
    ClockSkew skew = ClockSkew.of(answer, clock.instant()).orElse(null);
    if (skew != null && skew.hurts()) {
      return skew.failure();
    }
    String said = CredentialsJson.message(answer.body());
    String words = said.isEmpty() ? "status " + answer.status() : "\"" + said + "\"";
    String lower = said.toLowerCase(Locale.ROOT);
    if (answer.status() == 429 || answer.errorType().startsWith("Throttling")) {
      return new IdentityException(
          Kind.THROTTLED,
          "IAM Roles Anywhere asks to wait (%s); it is tried again later".formatted(words));
    }
    if (answer.status() == 403 && (lower.contains("untrusted") || lower.contains("insufficient"))) {
      return new IdentityException(
          Kind.UNKNOWN_NAME,
          "the trust anchor %s does not trust the certificate of %s (%s), which was issued by %s; check that burst.aws.trust_anchor is the one made for that authority, and that burst.aws.chain holds every certificate between"
              .formatted(
                  names.trustAnchor(),
                  identity.subject(),
                  words,
                  identity.certificate().getIssuerX500Principal().getName()));
    }
    return switch (answer.status()) {
      case 401, 403 ->
          new IdentityException(
              Kind.DENIED,
              "%s may not take the role %s (%s); check that the role's trust policy names rolesanywhere.amazonaws.com and this certificate's name, that the profile %s lists the role, and that anchor and profile are enabled"
                  .formatted(identity.subject(), names.role(), words, names.profile()));
      case 400, 404 ->
          new IdentityException(
              Kind.UNKNOWN_NAME,
              "IAM Roles Anywhere in %s does not know what it was asked for (%s): trust anchor %s, profile %s, role %s; compare them with the stack's outputs: scripts/deploy writes them"
                  .formatted(
                      names.region(), words, names.trustAnchor(), names.profile(), names.role()));
      default ->
          new IdentityException(
              Kind.UNEXPECTED,
              "IAM Roles Anywhere answered %d (%s); it is tried again"
                  .formatted(answer.status(), words));
    };
  }
}
