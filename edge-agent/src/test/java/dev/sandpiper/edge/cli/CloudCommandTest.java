package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.TokenFile;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.http.ApiParts;
import dev.sandpiper.edge.http.HttpApi;
import dev.sandpiper.edge.http.HttpServer;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.intake.Submission;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.ledger.CloudPrices;
import dev.sandpiper.edge.ledger.CloudUsage;
import dev.sandpiper.edge.queue.Priority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CloudCommandTest {

  private static final Journal JOURNAL = new Journal(System.err, InstantSource.system());

  private static final String ON =
      """
      [burst.aws]
      mode = "overflow"
      region = "eu-central-1"
      device = "edge"
      in_bucket = "sandpiper-in"
      out_bucket = "sandpiper-out"
      jobs_queue = "https://sqs.eu-central-1.amazonaws.com/123456789012/sandpiper-jobs"
      results_queue = "https://sqs.eu-central-1.amazonaws.com/123456789012/sandpiper-results-edge"
      """;

  private static final String FUNCTION =
      "function = \"arn:aws:lambda:eu-central-1:123456789012:function:sandpiper-parse:live\"\n";

  private static final String PRICES =
      """
      {"date": "2026-11-27", "currency": "USD", "note": "From a list.", "source": "somewhere", "later": {"x": [1]},
       "regions": {"us-east-1": {"s3Put": 9},
                   "eu-central-1": {"s3Put": 0.0000054, "s3Get": 0.00000043, "s3Delete": 0,
                                    "s3List": 0.0000054, "sqs": 0.0000004, "invoke": 0.0000002,
                                    "gbSecond": 0.0000133334, "tasks": 5}},
       "free": {"sqs": 1000000, "invoke": 1000000, "gbSecond": 400000}}
      """;

  @TempDir Path folder;
  private Path home;
  private Environment environment;
  private final TestWorkshop workshop = new TestWorkshop();
  private String out = "";
  private String err = "";

  @BeforeEach
  void setUp() throws IOException {
    home = folder.resolve("home");
    workshop.prices = Files.writeString(folder.resolve("prices.json"), PRICES);
    configure(ON + FUNCTION);
  }

  private void configure(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("sandpiper.toml"), text);
    environment =
        new Environment(
            Map.of("SANDPIPER_HOME", home.toString(), "SANDPIPER_CONFIG", file.toString()), folder);
  }

  private int run(String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code;
    try (PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
      Console console =
          new Console(InputStream.nullInputStream(), outStream, errStream, false, false, 80);
      code = new CommandLineTool(workshop, environment, console).run(arguments);
    }
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  @Test
  void everyCommandHasHelpWithExamples() {
    assertThat(run("cloud", "--help")).isZero();
    assertThat(out).contains("scripts/deploy", "check", "enroll", "cost", "drain", "resume");
    for (String command : new String[] {"check", "enroll", "cost", "drain", "resume", "rebuild"}) {
      assertThat(run("cloud", command, "--help")).as(command).isZero();
      assertThat(out).contains("Usage: sandpiper cloud " + command, "Examples:");
    }
    assertThat(run("cloud")).isEqualTo(2);
    assertThat(err).contains("name what to do, for instance 'sandpiper cloud check'");
    assertThat(run("cloud", "chekc")).isEqualTo(2);
    assertThat(err).contains("did you mean check?", "Help: sandpiper cloud --help");
    assertThat(run("completion")).isZero();
    assertThat(out).contains("sandpiper_cloud_enroll");
  }

  @Test
  void checkShowsTheIdentityFirstAndThenTheCloud() throws IOException {
    assertThat(run("cloud", "check")).isZero();
    assertThat(out).isEqualTo("ok    certificate: CN=edge, 60 days left\nok    cloud: reachable\n");
    assertThat(run("cloud", "check", "--json")).isZero();
    assertThat(out)
        .startsWith("{\"checks\":[{\"name\":\"certificate\",")
        .endsWith("\"legs\":[]}\n");
    workshop.identity = CheckResult.fail("certificate", "expired", "sandpiper cloud enroll");
    assertThat(run("cloud", "check", "--smoke")).isEqualTo(1);
    assertThat(out)
        .isEqualTo(
            "FAIL  certificate: expired\n      → sandpiper cloud enroll\nok    cloud: reachable\n"
                + "No document was sent: put right what failed first.\n");
    assertThat(workshop.cloud.parsed).isEmpty();
    configure("");
    assertThat(run("cloud", "check")).isEqualTo(5);
    assertThat(err)
        .isEqualTo(
            "sandpiper: bursts to the cloud are off: burst.aws.mode is \"off\". scripts/deploy makes the cloud's half and writes its configuration; then set the mode to \"overflow\" or \"first\"\n");
  }

  @Test
  void aSmallDocumentShowsEachWay() throws IOException {
    assertThat(run("cloud", "check", "--smoke")).isZero();
    assertThat(workshop.cloud.parsed).containsExactly(true, true, false);
    assertThat(out)
        .containsPattern("ok    courier: ready after \\d+ ms\n")
        .containsPattern(
            "ok    direct, first: came back parsed after \\d+ ms; the function worked 7 ms, a cold start\n")
        .containsPattern(
            "ok    through S3 and SQS: came back parsed after \\d+ ms; the function worked 7 ms\n");
    workshop.cloud.denied = true;
    configure(ON);
    assertThat(run("cloud", "check", "--smoke")).isEqualTo(1);
    assertThat(out)
        .doesNotContain("direct")
        .contains(
            "FAIL  through S3 and SQS: S3 says no: check the role\n      → Do what it says; 'sandpiper cloud check' looks again.");
    workshop.cloud.denied = false;
    assertThat(run("cloud", "check", "--smoke", "--json")).isEqualTo(1);
    assertThat(out)
        .contains(
            "\"name\":\"through S3 and SQS\",",
            "\"reply\":\"failed\",\"problem\":\"out of memory\"");
  }

  private void used(String day, Map<CloudCounter, Long> counts) throws Exception {
    Files.createDirectories(home);
    try (Rig rig = new Rig(home, 1_000)) {
      new CloudUsage(rig.database).add(counts, Instant.parse(day + "T23:59:59Z"));
    }
  }

  @Test
  void costIsShownByDayWithPricesAndTheFreeTier() throws Exception {
    used(
        "2026-11-26",
        Map.of(
            CloudCounter.S3_PUT,
            10_000L,
            CloudCounter.S3_GET,
            10_000L,
            CloudCounter.SQS,
            3_500L,
            CloudCounter.GB_MILLIS,
            30_000_500L,
            CloudCounter.TASKS,
            10_000L));
    used("2026-11-27", Map.of(CloudCounter.INVOKE, 2L, CloudCounter.SQS, 1L));
    used("2026-10-01", Map.of(CloudCounter.S3_PUT, 1L));
    assertThat(run("cloud", "cost")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            DAY (UTC)   DOCUMENTS  S3 PUT  S3 GET  SQS   INVOKED  GB-SECONDS  USD
            2026-11-26  10000      10000   10000   3500  0        30000.500   0.459709
            2026-11-27  0          0       0       1     2        0.000       0.000001
            total       10000      10000   10000   3501  2        30000.500   0.459709

            Prices of 2026-11-27, without taxes, storage, traffic and logs.
            From a list.
            Beyond the free tier: 0.058300 USD, if nothing else in the account uses it
            (a month: 1,000,000 sqs, 1,000,000 invoke, 400,000 GB-seconds).
            """);
    assertThat(run("cloud", "cost", "--csv")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            day,s3Put,s3Get,s3Delete,s3List,sqs,invoke,gbMillis,tasks,cost,currency,complete
            2026-11-26,10000,10000,0,0,3500,0,30000500,10000,0.459709,USD,true
            2026-11-27,0,0,0,0,1,2,0,0,0.000001,USD,true
            """);
    assertThat(run("cloud", "cost", "--month", "2026-10", "--json")).isZero();
    assertThat(out)
        .isEqualTo(
            "{\"month\":\"2026-10\",\"currency\":\"USD\",\"pricesOf\":\"2026-11-27\",\"days\":[{\"day\":\"2026-10-01\",\"s3Put\":1,\"s3Get\":0,\"s3Delete\":0,\"s3List\":0,\"sqs\":0,\"invoke\":0,\"gbMillis\":0,\"tasks\":0,\"cost\":0.000005,\"unknownPrices\":[]}],\"total\":{\"s3Put\":1,\"s3Get\":0,\"s3Delete\":0,\"s3List\":0,\"sqs\":0,\"invoke\":0,\"gbMillis\":0,\"tasks\":0,\"cost\":0.000005,\"unknownPrices\":[],\"costBeyondFreeTier\":0.000005}}\n");
    assertThat(run("cloud", "cost", "--month", "2026-09")).isZero();
    assertThat(out).isEqualTo("Nothing was asked of the cloud in 2026-09\n");
  }

  /// The file that is packed.
  @Test
  void everyCountHasAPriceInTheRegionsOfTheFile() throws Exception {
    for (String region : new String[] {"us-east-1", "eu-central-1"}) {
      CloudPrices prices = CloudPrices.read(Path.of("../infra/prices.json"), region);
      Map<CloudCounter, Long> one = new EnumMap<>(CloudCounter.class);
      for (CloudCounter counter : CloudCounter.values()) {
        one.put(counter, 1L);
      }
      assertThat(prices.cost(one).unknown()).as(region).isEmpty();
      assertThat(prices.cost(one).amount()).isPositive();
      assertThat(prices.note()).isNotEmpty();
    }
    assertThat(
            CloudPrices.read(Path.of("../infra/prices.json"), "mars-north-1")
                .cost(Map.of(CloudCounter.SQS, 1L))
                .unknown())
        .containsExactly(CloudCounter.SQS);
  }

  @Test
  void anUnknownPriceIsNotZero() throws Exception {
    used("2026-11-27", Map.of(CloudCounter.S3_PUT, 1_000_000L, CloudCounter.GB_MILLIS, 5L));
    workshop.prices =
        Files.writeString(
            folder.resolve("prices.json"),
            PRICES.replace("\"gbSecond\": 0.0000133334", "\"gbSecond\": null"));
    assertThat(run("cloud", "cost")).isZero();
    assertThat(out)
        .contains("5.400000 + unknown")
        .contains(
            "The price of gbMillis is not known for this region (prices of 2026-11-27): look it up at https://aws.amazon.com/pricing; it is not nothing.")
        .doesNotContain("Beyond the free tier");
    workshop.prices = folder.resolve("none.json");
    assertThat(run("cloud", "cost")).isZero();
    assertThat(out).contains("0.005       unknown").contains("s3Put, gbMillis");
    assertThat(err).contains("only counts are shown. Install Sandpiper anew");
    Files.writeString(folder.resolve("none.json"), "[1, 2");
    assertThat(run("cloud", "cost")).isZero();
    assertThat(err).contains("it does not begin with {");
    assertThat(run("cloud", "cost", "--month", "November")).isEqualTo(2);
    assertThat(err).contains("'November' is not a month; write it as in --month 2026-11");
    assertThat(run("cloud", "cost", "--csv", "--json")).isEqualTo(2);
  }

  @Test
  void enrolmentKeepsTheKeyAndSaysWhatComesNext() throws IOException {
    assertThat(run("cloud", "enroll", "--device", "kitchen-pi")).isZero();
    Path key = home.resolve("identity/kitchen-pi.key");
    String secret = Files.readString(key);
    assertThat(out)
        .startsWith("Key      " + key + "  (new; it never leaves this machine)\n")
        .contains(
            "sandpiper cloud enroll --authority ~/sandpiper-authority --sign "
                + home
                + "/identity/kitchen-pi.csr\n",
            "openssl x509 -req -in " + home + "/identity/kitchen-pi.csr -CA ca.pem",
            "fileb://" + home + "/identity/kitchen-pi.csr",
            "scripts/deploy --device kitchen-pi --authority ~/sandpiper-authority/authority.pem\n",
            "certificate = \"" + home + "/identity/kitchen-pi.pem\"\n",
            "     sandpiper cloud check --smoke\n");
    assertThat(run("cloud", "enroll", "--device", "kitchen-pi")).isZero();
    assertThat(out).startsWith("Key      " + key + "  (kept;");
    assertThat(key).content().isEqualTo(secret);
    assertThat(run("cloud", "enroll", "--json", "--out", folder + "/else where")).isZero();
    assertThat(out).contains("\"device\":\"edge\"", "/else where/edge.csr\"", "\"keyIsNew\":true");
    assertThat(run("cloud", "enroll", "--out", folder + "/else where")).isZero();
    assertThat(out).contains("--sign '" + folder + "/else where/edge.csr'\n");
    assertThat(run("cloud", "enroll", "--device", "Kitchen Pi")).isEqualTo(2);
    assertThat(err).contains("'Kitchen Pi' cannot be a device's name: up to 32 lower-case");
    Files.writeString(key, "nonsense");
    assertThat(run("cloud", "enroll", "--device", "kitchen-pi")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "sandpiper: the private key "
                + key
                + " holds no PEM block (-----BEGIN …); name the PEM file\n");
    assertThat(key).content().isEqualTo("nonsense");
  }

  @Test
  void aFolderThatCannotBeSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThat(run("cloud", "enroll", "--out", file + "/below")).isEqualTo(1);
    assertThat(err)
        .startsWith("sandpiper: the folder " + file + "/below cannot be made: ")
        .endsWith("; choose one of this user\n");
  }

  @Test
  void anOwnAuthoritySignsTheRequest() {
    String authority = folder + "/authority";
    assertThat(run("cloud", "enroll", "--device", "pi")).isZero();
    assertThat(run("cloud", "enroll", "--authority", authority)).isZero();
    assertThat(out)
        .startsWith("Made an authority, for 10 years:\n")
        .contains("sandpiper cloud enroll --authority " + authority + " --sign DEVICE.csr\n");
    assertThat(run("cloud", "enroll", "--authority", authority)).isZero();
    assertThat(out).startsWith("The authority is there; nothing was changed:\n");
    String request = home + "/identity/pi.csr";
    assertThat(run("cloud", "enroll", "--authority", authority, "--sign", request)).isZero();
    assertThat(out)
        .startsWith("Signed for one year: " + home + "/identity/pi.pem\n")
        .endsWith("scripts/deploy --device pi --authority " + authority + "/authority.pem\n");
    assertThat(run("cloud", "enroll", "--sign", request)).isEqualTo(2);
    assertThat(err).contains("name the authority that signs");
    assertThat(
            run("cloud", "enroll", "--authority", authority, "--sign", request, "--device", "nas"))
        .isEqualTo(1);
    assertThat(err).contains("is for pi, not for nas");
    assertThat(run("cloud", "enroll", "--authority", authority, "--out", "x")).isEqualTo(2);
    assertThat(err).contains("choose one of --authority and --out");
    String elsewhere = folder + "/elsewhere";
    assertThat(run("cloud", "enroll", "--authority", elsewhere, "--sign", request)).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "sandpiper: there is no authority in %s; name the folder of yours, or make one: sandpiper cloud enroll --authority %s\n"
                .formatted(elsewhere, elsewhere));
  }

  @Test
  void withoutAnAgentThereIsNothingToDrain() {
    for (String command : new String[] {"drain", "resume"}) {
      assertThat(run("cloud", command)).isEqualTo(3);
      assertThat(err)
          .isEqualTo(
              "sandpiper: no agent runs in %s, so nothing goes to the cloud from here. Start it: sandpiper run. To keep everything local for good, set burst.aws.mode to \"off\"\n"
                  .formatted(home));
    }
  }

  @Test
  void withAnAgentTheWayIsClosedAndOpened() throws Exception {
    Files.createDirectories(home);
    AgentConfig config = ConfigFile.parse("http.port = 0", Optional.empty(), environment);
    Secret token = TokenFile.obtain(config, environment, new SecureRandom());
    EmptyingCloud cloud = new EmptyingCloud();
    try (Rig rig = new Rig(home, 1_000);
        HttpServer server =
            new HttpServer(
                config.http(),
                token,
                new HttpApi(
                    new ApiParts(
                        rig.database,
                        rig.blobs,
                        rig.library,
                        rig.queue,
                        rig.intake,
                        Optional.of(cloud),
                        () -> List.<CheckResult>of())),
                new HttpServer.Surroundings(rig.events, InstantSource.system(), JOURNAL))) {
      new AgentFile(ProcessHandle.current().pid(), server.start()).write(home);
      assertThat(run("cloud", "drain", "--no-wait")).isZero();
      assertThat(out)
          .isEqualTo(
              "3 tasks are still in the cloud; nothing more goes there. 'sandpiper cloud drain' waits for them\n");
      assertThat(run("cloud", "drain")).isZero();
      assertThat(out)
          .isEqualTo(
              "Nothing is left in the cloud; everything is parsed here until 'sandpiper cloud resume'\n");
      assertThat(run("cloud", "resume")).isZero();
      assertThat(out)
          .isEqualTo("Work goes to the cloud when the local workers have no room for it\n");
      assertThat(run("cloud", "drain", "--json")).isZero();
      assertThat(out).isEqualTo("{\"mode\":\"overflow\",\"state\":\"drained\",\"inFlight\":0}\n");
      assertThat(run("cloud", "check", "--smoke")).isZero();
      assertThat(workshop.cloud.parsed).containsExactly(true, true);
      assertThat(out).contains("warn  through S3 and SQS: not tried, for the agent that runs");
      workshop.cloud.put("again.txt", "again");
      rig.intake.accept(
          new ByteArrayInputStream("again".getBytes(StandardCharsets.UTF_8)),
          new Submission("again.txt", null, "test", Priority.BULK, null, Set.of()));
      rig.parseNext("# Again");
      assertThat(run("cloud", "rebuild")).isZero();
      assertThat(out).isEqualTo("0 taken in, 1 known already\n");
      assertThat(workshop.cloud.list()).isEmpty();
    }
    AgentFile.remove(home);
  }

  /// Three tasks, of which one ends with each look.
  private static final class EmptyingCloud implements BurstControl {
    private final AtomicInteger left = new AtomicInteger(4);
    private volatile boolean drained;

    @Override
    public BurstStatus status() {
      int inFlight = Math.max(0, left.decrementAndGet());
      BurstStatus.State state =
          !drained
              ? BurstStatus.State.WORKING
              : inFlight > 0 ? BurstStatus.State.DRAINING : BurstStatus.State.DRAINED;
      return new BurstStatus("overflow", state, inFlight, 8, 64, null, null);
    }

    @Override
    public BurstStatus drain() {
      drained = true;
      return status();
    }

    @Override
    public BurstStatus resume() {
      drained = false;
      return status();
    }
  }

  @Test
  void aLostHomeIsFilledFromTheCloud() throws Exception {
    workshop.cloud.put("报告 2025.txt", "one");
    workshop.cloud.put("../b\u001b[31m.txt", "two");
    workshop.cloud.put("spoilt.txt", "three");
    workshop.cloud.broken.add("spoilt.txt");
    assertThat(run("cloud", "rebuild", "--dry-run")).isZero();
    assertThat(out).contains("3      报告 2025.txt", "../b [31m.txt");
    assertThat(home).doesNotExist();
    assertThat(run("cloud", "rebuild")).isEqualTo(1);
    assertThat(out)
        .isEqualTo(
            "2 taken in, 0 known already, 1 failed; they stay in the cloud: run it again\n"
                + "Parsed when the agent starts: sandpiper run\n");
    assertThat(err).contains("spoilt.txt: it was changed on the way");
    assertThat(workshop.cloud.list()).singleElement().extracting("name").isEqualTo("spoilt.txt");
    assertThat(run("docs", "--json")).isZero();
    assertThat(out).contains("\"name\":\"报告 2025.txt\"");
    workshop.cloud.broken.clear();
    workshop.cloud.put("报告 2025.txt", "one");
    assertThat(run("cloud", "rebuild", "--json")).isZero();
    assertThat(out)
        .isEqualTo("{\"takenIn\":1,\"known\":1,\"failed\":0,\"removed\":2,\"left\":0}\n");
    assertThat(workshop.cloud.list()).isEmpty();
    assertThat(run("cloud", "rebuild")).isZero();
    assertThat(out).isEqualTo("Nothing waits in the cloud under this device's name\n");
  }

  @Test
  void aCloudThatFailsAltogetherEndsTheRebuild() {
    for (int i = 0; i < 9; i++) {
      workshop.cloud.put(i + ".txt", "text " + i);
      workshop.cloud.broken.add(i + ".txt");
    }
    assertThat(run("cloud", "rebuild")).isEqualTo(1);
    assertThat(err).endsWith("sandpiper: it was changed on the way\n");
    assertThat(workshop.cloud.list()).hasSize(9);
  }
}
