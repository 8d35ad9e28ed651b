package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.identity.Authority;
import dev.sandpiper.edge.identity.Enrolment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cloud enroll`.
@Command(
    name = "enroll",
    description = {
      "Make this machine's key and its request for a certificate, and say what comes next.",
      "With --authority: make a small authority of your own, or sign a request with it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cloud enroll --device kitchen-pi",
      "  sandpiper cloud enroll --authority ~/sandpiper-authority",
      "  sandpiper cloud enroll --authority ~/sandpiper-authority --sign kitchen-pi.csr",
      "",
      "Run it again as often as you like: an existing key is kept, the request is made",
      "anew. The key never leaves this machine. Keep the authority on another one:",
      "whoever has its key can make devices."
    })
final class CloudEnrollCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = {"This machine's name in the cloud.", "Default: burst.aws.device."})
  private @Nullable String device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the key and the request. Default: identity in the agent's home.")
  private @Nullable Path out;

  @Option(
      names = "--authority",
      paramLabel = "DIR",
      description = "Make an authority in this folder, or use the one that is there.")
  private @Nullable Path authority;

  @Option(
      names = "--sign",
      paramLabel = "CSR",
      description = "Sign this request with the authority, for one year.")
  private @Nullable Path request;

  CloudEnrollCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (request != null && authority == null) {
      throw new CliException(
          CliException.USAGE,
          "name the authority that signs, as in 'sandpiper cloud enroll --authority DIR --sign %s'"
              .formatted(request));
    }
    if (authority != null && out != null) {
      throw new CliException(
          CliException.USAGE,
          "choose one of --authority and --out: an authority is in its own folder, and a certificate is put beside its request");
    }
    if (device != null && !device.matches(ObjectKeys.DEVICE_PATTERN)) {
      throw new CliException(
          CliException.USAGE,
          "'%s' cannot be a device's name: up to 32 lower-case letters, digits and hyphens, a letter first"
              .formatted(Console.plain(device)));
    }
    if (authority != null) {
      Authority own =
          new Authority(authority.toAbsolutePath().normalize(), session.workshop().clock());
      return request == null ? make(own) : sign(own, request.toAbsolutePath().normalize());
    }
    return enrol();
  }

  private int make(Authority own) {
    boolean made = own.make();
    PrintStream console = session.console().out();
    if (json.wanted()) {
      session.printJson(json -> {
        json.writeStartObject();
        json.writeStringField("key", own.key().toString());
        json.writeStringField("certificate", own.certificate().toString());
        json.writeBooleanField("new", made);
        json.writeEndObject();
      });
      return 0;
    }
    console.println(
        made ? "Made an authority, for 10 years:" : "The authority is there; nothing was changed:");
    console.println("  key          " + own.key() + "  (keep it to yourself)");
    console.println("  certificate  " + own.certificate() + "  (for AWS)");
    console.println();
    console.println("Sign a device's request with it:");
    console.println(
        "  sandpiper cloud enroll --authority "
            + quoted(own.certificate().getParent())
            + " --sign DEVICE.csr");
    return 0;
  }

  private int sign(Authority own, Path file) {
    Path certificate = own.sign(file, Optional.ofNullable(device));
    if (json.wanted()) {
      session.printJson(json -> {
        json.writeStartObject();
        json.writeStringField("certificate", certificate.toString());
        json.writeEndObject();
      });
      return 0;
    }
    PrintStream console = session.console().out();
    console.println("Signed for one year: " + certificate);
    console.println();
    console.println("Copy it to the device, beside its key, and tell AWS whom to trust:");
    console.println(
        "  scripts/deploy --device %s --authority %s"
            .formatted(name(certificate), quoted(own.certificate())));
    return 0;
  }

  private static String name(Path certificate) {
    return String.valueOf(certificate.getFileName()).replaceFirst("\\.pem$", "");
  }

  private int enrol() {
    AgentConfig config = session.config(common);
    String name = device != null ? device : config.burstAws().plant().device();
    if (!name.matches(ObjectKeys.DEVICE_PATTERN)) {
      throw new CliException(
          CliException.BAD_CONFIG,
          "burst.aws.device is \"%s\", which cannot be a device's name; give one with --device"
              .formatted(Console.plain(name)));
    }
    Path folder =
        out != null ? out.toAbsolutePath().normalize() : config.home().resolve("identity");
    Enrolment enrolment = Enrolment.in(folder, name);
    if (json.wanted()) {
      printJson(enrolment);
    } else {
      print(enrolment);
      ownerOf(config.home(), enrolment)
          .ifPresent(owner ->
              session
                  .console()
                  .out()
                  .println(
                      "\nThe agent's home belongs to %s, these files to you: chown -R %s %s"
                          .formatted(owner, owner, quoted(folder))));
    }
    return 0;
  }

  /// Who must be given the files, when it is somebody else.
  private static Optional<String> ownerOf(Path home, Enrolment enrolment) {
    try {
      if (!Files.exists(home)) {
        return Optional.empty();
      }
      String owner = Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).getName();
      return Files.getOwner(enrolment.privateKey()).getName().equals(owner)
          ? Optional.empty()
          : Optional.of(owner);
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  private void printJson(Enrolment enrolment) {
    session.printJson(json -> {
      json.writeStartObject();
      json.writeStringField("device", enrolment.device());
      json.writeStringField("privateKey", enrolment.privateKey().toString());
      json.writeStringField("request", enrolment.request().toString());
      json.writeStringField("certificate", enrolment.certificate().toString());
      json.writeBooleanField("keyIsNew", enrolment.keyIsNew());
      json.writeEndObject();
    });
  }

  private void print(Enrolment enrolment) {
    Path csr = enrolment.request();
    Path pem = enrolment.certificate();
    session
        .console()
        .out()
        .println(
            """
            Key      %s  (%s; it never leaves this machine)
            Request  %s  (made anew)

            1. Have the request signed, in one of these ways:
               with an authority of your own, best kept on another machine; copy the request there:
                 sandpiper cloud enroll --authority ~/sandpiper-authority
                 sandpiper cloud enroll --authority ~/sandpiper-authority --sign %s
               with OpenSSL, and an authority's ca.pem and ca.key:
                 printf '%%s\\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature extendedKeyUsage=clientAuth subjectKeyIdentifier=hash authorityKeyIdentifier=keyid > device.ext
                 openssl x509 -req -in %s -CA ca.pem -CAkey ca.key -CAcreateserial -days 365 -sha256 -extfile device.ext -out %s
               with AWS Private CA, which costs money by the month:
                 aws acm-pca issue-certificate --certificate-authority-arn CA_ARN --csr fileb://%s --signing-algorithm SHA256WITHECDSA --validity Value=365,Type=DAYS --template-arn arn:aws:acm-pca:::template/EndEntityClientAuthCertificate/V1
                 aws acm-pca get-certificate --certificate-authority-arn CA_ARN --certificate-arn CERTIFICATE_ARN --query Certificate --output text > %s
            2. Put the certificate here:
                 %s
            3. Tell AWS about the device and whom to trust, where the AWS account is at hand:
                 scripts/deploy --device %s --authority ~/sandpiper-authority/authority.pem
            4. Configure this machine (sandpiper.toml; scripts/deploy shows the three ARNs) and restart the agent:
                 [burst.aws]
                 device = "%s"
                 credentials = "roles-anywhere"
                 certificate = "%s"
                 private_key = "%s"
                 trust_anchor = "arn:aws:rolesanywhere:…:trust-anchor/…"
                 profile_arn = "arn:aws:rolesanywhere:…:profile/…"
                 role_arn = "arn:aws:iam::…:role/…"
            5. See that it works:
                 sandpiper cloud check --smoke\
            """
                .formatted(
                    enrolment.privateKey(),
                    enrolment.keyIsNew() ? "new" : "kept",
                    csr,
                    quoted(csr),
                    quoted(csr),
                    quoted(pem),
                    quoted(csr),
                    quoted(pem),
                    pem,
                    enrolment.device(),
                    enrolment.device(),
                    toml(pem),
                    toml(enrolment.privateKey())));
  }

  /// For a shell.
  private static String quoted(@Nullable Path path) {
    String text = String.valueOf(path);
    return text.matches("[\\w./~+:@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static String toml(Path path) {
    return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
