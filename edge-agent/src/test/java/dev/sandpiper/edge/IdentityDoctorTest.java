package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.Authority;
import dev.sandpiper.edge.identity.Enrolment;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class IdentityDoctorTest {

  @TempDir Path folder;

  private List<CheckResult> rows(String credentials) {
    String text =
        """
        [burst.aws]
        mode = "overflow"
        region = "eu-central-1"
        device = "pi"
        in_bucket = "in"
        out_bucket = "out"
        jobs_queue = "https://sqs.eu-central-1.amazonaws.com/1/jobs"
        results_queue = "https://sqs.eu-central-1.amazonaws.com/1/results"
        endpoint = "http://127.0.0.1:4566"
        %s
        """
            .formatted(credentials);
    AgentConfig config =
        ConfigFile.parse(text, Optional.empty(), new Environment(Map.of(), folder));
    return new IdentityDoctor(config.burstAws(), InstantSource.system()).rows();
  }

  private String rolesAnywhere() {
    return """
    credentials = "roles-anywhere"
    certificate = "%s/pi.pem"
    private_key = "%s/pi.key"
    trust_anchor = "a"
    profile_arn = "b"
    role_arn = "c"
    """
        .formatted(folder, folder);
  }

  private static List<String> names(List<CheckResult> rows) {
    return rows.stream().map(row -> row.status() + " " + row.name()).toList();
  }

  @Test
  void aWholeIdentityIsFine() {
    Enrolment enrolment = Enrolment.in(folder, "pi");
    Authority authority = new Authority(folder.resolve("authority"), InstantSource.system());
    assertThat(authority.make()).isTrue();
    assertThat(authority.sign(enrolment.request(), Optional.empty()))
        .isEqualTo(enrolment.certificate());
    List<CheckResult> rows = rows(rolesAnywhere());
    assertThat(names(rows))
        .containsExactly("OK cloud configuration", "OK certificate", "OK private key");
    assertThat(rows.getFirst().detail())
        .startsWith("complete: device pi in eu-central-1, by way of http://127.0.0.1:4566");
  }

  @Test
  void aMissingCertificateSaysHowToGetOne() {
    assertThat(rows(rolesAnywhere()).get(1))
        .satisfies(row -> assertThat(row.status()).isEqualTo(CheckResult.Status.FAIL))
        .satisfies(row ->
            assertThat(row.detail())
                .isEqualTo(
                    "the certificate %s/pi.pem does not exist; 'sandpiper cloud enroll' makes the key and the request for a certificate"
                        .formatted(folder)));
  }

  @Test
  void withoutACertificateTheWayIsShown() {
    assertThat(names(rows(""))).containsExactly("OK cloud configuration", "WARN identity");
    assertThat(rows("credentials = \"profile\"\nprofile = \"pi\"").get(1))
        .isEqualTo(CheckResult.ok("identity", "the profile pi of the AWS configuration"));
  }
}
