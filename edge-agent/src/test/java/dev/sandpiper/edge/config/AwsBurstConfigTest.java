package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AwsBurstConfigTest {

  private static final String PLANT =
      """
      [burst.aws]
      mode = "first"
      region = "eu-central-1"
      in_bucket = "in"
      out_bucket = "out"
      jobs_queue = "https://sqs.example/1/jobs"
      results_queue = "https://sqs.example/1/results-edge"
      """;

  @Test
  void nothingIsNeededWhileItIsOff() {
    assertThat(Configs.problems("burst.aws.credentials = \"iot\"")).isEmpty();
    assertThat(Configs.parse("").burstAws().on()).isFalse();
  }

  @Test
  void everyMissingKeyIsNamedAtOnce() {
    assertThat(Configs.problems("burst.aws.mode = \"first\""))
        .hasSize(5)
        .allSatisfy(problem ->
            assertThat(problem)
                .contains("is needed when burst.aws.mode is not off; scripts/deploy writes it"));
  }

  @Test
  void credentialsBringTheirOwnNeeds() {
    assertThat(Configs.problems(PLANT + "credentials = \"roles-anywhere\"")).hasSize(5);
    assertThat(Configs.problems(PLANT + "credentials = \"iot\"")).hasSize(5);
    assertThat(Configs.problems(PLANT + "credentials = \"profile\""))
        .singleElement()
        .asString()
        .contains("burst.aws.profile", "is needed when burst.aws.credentials is \"profile\"");
  }

  @Test
  void aDocumentNeverTravelsUnencrypted() {
    assertThat(Configs.problems(PLANT + "endpoint = \"http://nas.example\""))
        .singleElement()
        .asString()
        .contains("must be an https:// URL; http:// is taken for this machine only");
    assertThat(Configs.problems(PLANT + "endpoint = \"http://127.0.0.1:4566\"")).isEmpty();
  }

  @Test
  void aDeviceHasAPlainName() {
    assertThat(Configs.problems(PLANT + "device = \"My Pi\""))
        .singleElement()
        .asString()
        .contains("must be up to 32 lower-case letters, digits and hyphens, a letter first");
  }

  @Test
  void anIotThingIsMapped() {
    String iot =
        """
        credentials = "iot"
        certificate = "/c.pem"
        private_key = "/k.pem"
        iot_endpoint = "c.iot.example"
        iot_role_alias = "pis"
        iot_thing = "pi-1"
        """;
    assertThat(Configs.parse(PLANT + iot).burstAws().credentials())
        .isEqualTo(
            new AwsBurstConfig.Credentials.Iot(
                Path.of("/c.pem"), Path.of("/k.pem"), "c.iot.example", "pis", "pi-1"));
  }

  @Test
  void aProfileIsMapped() {
    assertThat(
            Configs.parse(PLANT + "credentials = \"profile\"\nprofile = \"home\"")
                .burstAws()
                .credentials())
        .isEqualTo(new AwsBurstConfig.Credentials.Profile("home"));
  }
}
