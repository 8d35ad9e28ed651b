package dev.sandpiper.edge.courier;

import static dev.sandpiper.standin.aws.fault.Fault.DENIED;
import static dev.sandpiper.standin.aws.fault.Fault.SERVER_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.CheckResult.Status;
import dev.sandpiper.standin.aws.fault.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CourierFailoverIT {

  @TempDir Path folder;

  @Test
  void anUnreachableCloudRefusesADocumentAsANetworkFault() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      plant.aws().unreachable(true);
      courier.order(task("job-1-1", "hello"));
      Notice.Refused refused = courier.await("refusal", Notice.Refused.class);
      assertThat(refused.fault()).isEqualTo(Fault.NETWORK);
      assertThat(refused.message())
          .startsWith("Uploading in/pi/")
          .contains("AWS cannot be reached")
          .endsWith("check the internet connection.");
      plant.aws().unreachable(false);
      courier.order(task("job-1-2", "hello"));
      assertThat(courier.await("answer", Notice.Answer.class).id()).isEqualTo("job-1-2");
    }
  }

  @Test
  void aCloudThatIsLostDuringTheWaitRefusesWhatIsDue() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task("job-1-1", "hello"));
      Plants.whileTrue(() -> plant.aws().messagesLeft("sandpiper-jobs") == 0);
      plant.aws().faults().set(Service.SQS, SERVER_ERROR, 1);
      assertThat(courier.await("refusal", Notice.Refused.class).fault()).isEqualTo(Fault.NETWORK);
    }
  }

  @Test
  void aForbiddenActionIsDeniedAtOnce() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      plant.aws().faults().set(DENIED, 1);
      courier.order(task("job-1-1", "hello"));
      Notice.Refused refused = courier.await("refusal", Notice.Refused.class);
      assertThat(refused.fault()).isEqualTo(Fault.DENIED);
      assertThat(refused.message()).contains("AccessDenied", "infra/edge-identity.yaml");
      assertThat(plant.aws().counters().operation("s3:PutObject")).isEqualTo(1);
    }
  }

  @Test
  void anExpiredSessionIsRefusedAfterOneRenewal() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      plant.aws().faults().expire("AKIDEXAMPLE");
      courier.order(task("job-1-1", "hello"));
      assertThat(courier.await("refusal", Notice.Refused.class).fault())
          .isEqualTo(Fault.CREDENTIALS);
      assertThat(plant.aws().counters().operation("s3:PutObject")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aClockTenMinutesOffHoldsNothingUp(long minutes) throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 2, Duration.ofSeconds(10));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      plant.aws().faults().clockOffset(Duration.ofMinutes(minutes));
      courier.order(task("job-1-1", "hello"));
      assertThat(courier.await("answer", Notice.Answer.class).reply())
          .isInstanceOf(ParseReply.Parsed.class);
    }
  }

  @Test
  void aBucketThatIsNotThereIsMissing() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier =
            CourierProcess.open(withBucket(plant.config(), "nowhere"), folder, _ -> {})) {
      courier.order(task("job-1-1", "hello"));
      Notice.Refused refused = courier.await("refusal", Notice.Refused.class);
      assertThat(refused.fault()).isEqualTo(Fault.MISSING);
      assertThat(refused.message()).contains("NoSuchBucket", "[burst.aws]");
    }
  }

  @Test
  void aTaskWithoutAResultFailsAtItsDeadline() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier =
            CourierProcess.open(
                // Long enough that the document has left, also where everything is slow.
                Plants.config(plant.place(), 8, Duration.ofSeconds(8)), folder, _ -> {})) {
      courier.order(task("job-1-1", "hello"));
      assertThat(courier.await("refusal", Notice.Refused.class))
          .isEqualTo(
              new Notice.Refused(
                  "job-1-1",
                  Fault.MISSING,
                  "The cloud gave no result within 8 s (burst.aws.deadline)."));
      assertThat(courier.endOfInput()).isZero();
      assertThat(plant.aws().objectsLeft()).isZero();
    }
  }

  @Test
  void aDocumentThatDoesNotGetAwayIsRefusedAtItsDeadline() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI nobody = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      Plants.Place place =
          new Plants.Place(nobody, nobody + "/jobs", nobody + "/results", Optional.empty());
      try (CourierProcess courier =
          CourierProcess.open(Plants.config(place, 8, Duration.ofSeconds(2)), folder, _ -> {})) {
        courier.order(task("job-1-1", "hello"));
        assertThat(courier.await("refusal", Notice.Refused.class).fault()).isEqualTo(Fault.MISSING);
      }
    }
  }

  @Test
  void aResultThatIsGoneFailsItsTask() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task("job-1-1", "hello"));
      String sha = Plants.request("x", folder.resolve("job-1-1.txt"), folder).document().sha256();
      plant
          .function()
          .report(PlainFunction.reply(sha + ".job-1-1", new ParseReply.Stored("0".repeat(64), 7)));
      ParseReply reply = courier.await("answer", Notice.Answer.class).reply();
      assertThat(reply)
          .isEqualTo(
              new ParseReply.Failed(
                  "job-1-1",
                  FailCode.RESULT_UNAVAILABLE,
                  "There is no object out/pi/" + sha + ".job-1-1 any more."));
      courier.order(new Order.Stored("job-1-1"));
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      assertThat(plant.aws().messagesLeft("sandpiper-results-pi")).isZero();
    }
  }

  @Test
  void aMessageThatIsNoReplyIsDeleted() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      plant
          .function()
          .sqs()
          .sendMessage(
              send -> send.queueUrl(plant.place().results()).messageBody("somebody else's"));
      courier.order(task("job-1-1", "hello"));
      courier.await("answer", Notice.Answer.class);
      courier.order(new Order.Stored("job-1-1"));
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      assertThat(plant.left()).isZero();
      assertThat(courier.errors()).contains("none of Sandpiper's and is deleted: somebody else's");
    }
  }

  @Test
  void aCancelledTaskIsNeitherAnsweredNorLeftBehind() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task("job-1-1", "hello"));
      courier.order(task("job-2-1", "hello"));
      Plants.whileTrue(() -> plant.aws().messagesLeft("sandpiper-jobs") < 2);
      courier.order(new Order.Cancel("job-1-1"));
      try (PlainFunction function = new PlainFunction(Plants.plant(plant.place()), 1)) {
        assertThat(courier.await("answer", Notice.Answer.class).id()).isEqualTo("job-2-1");
        assertThat(function.parsed()).isPositive();
      }
      courier.order(new Order.Stored("job-2-1"));
      Plants.whileTrue(() -> plant.left() > 0);
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      assertThat(courier.notices()).noneMatch(Notice.Answer.class::isInstance);
    }
  }

  @Test
  void aStopInTheMiddleOfALargeUploadLeavesNoParts() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task("job-1-1", "x".repeat(60 << 20)));
      Plants.whileTrue(() -> plant.aws().counters().operation("s3:UploadPart") < 2);
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      assertThat(plant.aws().openUploads(Plants.IN)).isZero();
      assertThat(plant.aws().objectsLeft()).isZero();
    }
  }

  @Test
  void partsOfADocumentShareOneUpload() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      Path file = Files.writeString(folder.resolve("shared.txt"), "shared");
      for (int part = 1; part <= 8; part++) {
        String id = "job-1-" + part;
        courier.order(
            new Order.Task(Route.BURST, Plants.request(id, file, folder.resolve(id + ".result"))));
      }
      for (int part = 1; part <= 8; part++) {
        Notice.Answer answer = courier.await("answer", Notice.Answer.class);
        assertThat(answer.reply()).isInstanceOf(ParseReply.Parsed.class);
        courier.order(new Order.Stored(answer.id()));
      }
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      assertThat(plant.left()).isZero();
      assertThat(plant.aws().counters().operation("s3:PutObject")).isEqualTo(1 + 8);
    }
  }

  @Test
  void aCheckNamesEverythingInWords() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(new Order.Check());
      List<CheckResult> checks = courier.await("checks", Notice.Checks.class).checks();
      assertThat(checks)
          .extracting(CheckResult::name)
          .containsExactly(
              "cloud identity",
              "cloud clock",
              "cloud documents",
              "cloud results",
              "cloud jobs",
              "cloud answers",
              "cloud function");
      assertThat(checks.subList(1, 7)).extracting(CheckResult::status).containsOnly(Status.OK);
      assertThat(checks.get(4).detail()).endsWith(": 0 waiting, 0 being worked on");
      plant.aws().faults().set(DENIED, 1);
      courier.order(new Order.Check());
      assertThat(courier.await("checks", Notice.Checks.class).checks().subList(2, 7))
          .allSatisfy(check -> {
            assertThat(check.status()).isEqualTo(Status.FAIL);
            assertThat(check.detail()).contains("AccessDenied");
            assertThat(check.fix()).contains("infra/edge-identity.yaml");
          });
    }
  }

  @Test
  void aCheckOfACloudThatIsNotThereIsShort() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier =
            CourierProcess.open(
                withEndpoint(plant.config(), "http://127.0.0.1:1"), folder, _ -> {})) {
      courier.order(new Order.Check());
      List<CheckResult> checks = courier.await("checks", Notice.Checks.class).checks();
      assertThat(checks)
          .extracting(check -> check.status() + " " + check.name())
          .containsExactly("FAIL cloud identity", "FAIL cloud documents", "WARN cloud, the rest");
      assertThat(checks.getFirst().fix())
          .isEqualTo("Check burst.aws.endpoint, and that something listens there.");
    }
  }

  @Test
  void documentsInTheCloudAreListedAndFetched() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task("Rechnung für März.job", "hello"));
      Plants.whileTrue(() -> plant.aws().messagesLeft("sandpiper-jobs") < 1);
      courier.order(new Order.List(Order.List.ALL));
      Notice.Listed listed = courier.await("list", Notice.Listed.class);
      assertThat(listed.more()).isTrue();
      assertThat(listed.objects())
          .singleElement()
          .satisfies(item -> {
            assertThat(item.name()).isEqualTo("Rechnung für März.job.txt");
            assertThat(item.type()).isEqualTo("text/plain");
            assertThat(item.size()).isEqualTo(5);
          });
      assertThat(courier.await("end of list", Notice.Listed.class).objects()).isEmpty();
      String key = listed.objects().getFirst().key();
      courier.order(new Order.Fetch(key, folder.resolve("back")));
      assertThat(courier.await("document", Notice.Fetched.class).key()).isEqualTo(key);
      assertThat(folder.resolve("back")).hasContent("hello");
      courier.order(new Order.Fetch("in/other/" + "0".repeat(64), folder.resolve("no")));
      assertThat(courier.await("problem", Notice.Problem.class).message())
          .contains("is no document of this device");
    }
  }

  @Test
  void aCourierThatIsNotUnderstoodSaysSo() throws Exception {
    try (CourierProcess courier = CourierProcess.start(folder, Map.of(), _ -> {})) {
      courier.order(new Order.Check());
      assertThat(courier.await("problem", Notice.Problem.class).message())
          .isEqualTo(
              "The courier does not understand the agent: The first order must be open, not"
                  + " Check[]. Install Sandpiper anew.");
      assertThat(courier.exit()).isEqualTo(Courier.CONFUSED);
    }
  }

  @Test
  void anIdleCourierAsksForNothing() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1, 0, Duration.ofSeconds(3));
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      assertThat(courier.endOfInput()).isZero();
      assertThat(plant.aws().counters().operations()).isEmpty();
    }
  }

  private static AwsBurstConfig withBucket(AwsBurstConfig config, String bucket) {
    Plant plant = config.plant();
    return new AwsBurstConfig(
        config.mode(),
        new Plant(
            plant.region(),
            plant.device(),
            bucket,
            plant.outBucket(),
            plant.jobsQueue(),
            plant.resultsQueue(),
            Optional.empty(),
            plant.endpoint()),
        config.bounds(),
        config.credentials());
  }

  private static AwsBurstConfig withEndpoint(AwsBurstConfig config, String endpoint) {
    Plant plant = config.plant();
    return new AwsBurstConfig(
        config.mode(),
        new Plant(
            plant.region(),
            plant.device(),
            plant.inBucket(),
            plant.outBucket(),
            plant.jobsQueue(),
            plant.resultsQueue(),
            plant.function(),
            Optional.of(endpoint)),
        config.bounds(),
        config.credentials());
  }

  private Order task(String id, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(id + ".txt"), text);
    return new Order.Task(Route.BURST, Plants.request(id, file, folder.resolve(id + ".result")));
  }
}
