package dev.sandpiper.edge;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.aws.AwsBackend;
import dev.sandpiper.edge.burst.aws.AwsOptions;
import dev.sandpiper.edge.burst.aws.CloudObject;
import dev.sandpiper.edge.burst.aws.CloudShelf;
import dev.sandpiper.edge.burst.aws.CourierException;
import dev.sandpiper.edge.burst.route.RouteOptions;
import dev.sandpiper.edge.burst.route.RoutingBackend;
import dev.sandpiper.edge.cli.CliException;
import dev.sandpiper.edge.cli.Workshop;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudPrices;
import dev.sandpiper.edge.ledger.CloudPurse;
import dev.sandpiper.edge.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes the parts of bursts to AWS. Apart from [Wiring], so that an agent without bursts loads
/// none of their classes.
final class CloudWiring {

  /// The backend's name in the database.
  static final String AWS = "aws";

  private static final String COURIER = "dev.sandpiper.edge.courier.CourierMain";

  private final AgentConfig config;
  private final InstantSource clock;
  private final RandomGenerator random;

  CloudWiring(AgentConfig config, InstantSource clock, RandomGenerator random) {
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /// The local workers and the cloud as one.
  Bursts bursts(
      Distribution distribution, Wiring.Shelves shelves, BurstBackend workers, Journal journal) {
    Database database = shelves.database();
    BackendMemory memory = new BackendMemory(database, AWS, random);
    CloudPurse money =
        new CloudPurse(database, shelves.ledger(), prices(distribution, config), clock);
    AwsPurse purse = new AwsPurse(money);
    money.recover(memory.state().dirty() ? purse.mostAtOnce(config) : 0);
    AwsBackend aws =
        new AwsBackend(
            options(distribution, config.home().resolve("courier")), memory, money::used, journal);
    RoutingBackend routing =
        new RoutingBackend(
            new RoutingBackend.Parts(workers, aws, Wiring.splitPolicy(workers.slots()), purse),
            new RouteOptions(
                config.burstAws().mode() == AwsBurstConfig.Mode.FIRST,
                workers.slots(),
                config.burstAws().bounds().concurrency()),
            memory,
            clock,
            journal);
    return new Bursts(
        routing,
        routing::splitPolicy,
        routing.turnstile(),
        Optional.of(routing),
        () -> List.of(workers.check(), routing.checkCloud()),
        Optional.of(new Cloud(aws)));
  }

  /// What the cloud costs; empty when that is not known.
  static Optional<CloudPrices> prices(Distribution distribution, AgentConfig config) {
    try {
      return Optional.of(
              CloudPrices.read(
                  distribution.root().resolve("prices.json"), config.burstAws().plant().region()))
          .filter(prices -> prices.currency().equals("USD"));
    } catch (IOException _) {
      return Optional.empty(); // an unknown price is shown as one
    }
  }

  private record Cloud(AwsBackend aws) implements Bursts.Cloud {

    @Override
    public void cleanUp() {
      aws.cleanUp();
    }

    @Override
    public void close() {
      aws.close();
    }
  }

  /// A look at the cloud for one command; its folder goes when it closes.
  ///
  /// @throws AgentException when bursts are off, or the cloud cannot be asked
  Visit visit(Distribution distribution) {
    if (!config.burstAws().on()) {
      throw new AgentException(
          "bursts to AWS are switched off: burst.aws.mode is \"off\". scripts/deploy makes the cloud's"
              + " half and writes its configuration.");
    }
    try {
      Path folder = Files.createTempDirectory("sandpiper-courier");
      AwsOptions options = options(distribution, folder);
      return new Visit(
          folder, asked(() -> CloudShelf.open(options)), new SmokeTask(config.limits(), random));
    } catch (IOException e) {
      throw new AgentException(
          "no folder for temporary files (TMPDIR): " + DiskFailure.words(e) + ".", e);
    }
  }

  /// A look at the cloud.
  record Visit(Path folder, CloudShelf shelf, SmokeTask smoke) implements Workshop.CloudDesk {

    List<CheckResult> check() {
      return asked(shelf::check);
    }

    @Override
    public List<Workshop.CloudDocument> list() {
      return asked(shelf::list).stream().map(Visit::document).toList();
    }

    private static Workshop.CloudDocument document(CloudObject object) {
      String sha256 = object.key().substring(object.key().lastIndexOf('/') + 1);
      return new Workshop.CloudDocument(
          object.key(),
          sha256,
          object.size(),
          object.name().isEmpty() ? sha256 : object.name(),
          object.mediaType());
    }

    private static CloudObject object(Workshop.CloudDocument document) {
      return new CloudObject(
          document.key(), document.size(), document.name(), document.mediaType());
    }

    @Override
    public void fetch(Workshop.CloudDocument document, Path target) {
      asked(() -> {
        shelf.fetch(object(document), target);
        return target;
      });
    }

    @Override
    public ParseReply parse(Path file, boolean direct) {
      BurstTask.Parse task = smoke.of(file);
      Path target = folder.toAbsolutePath().resolve(task.requestId() + ".json");
      return asked(() -> shelf.parse(task, target, direct));
    }

    @Override
    public void drop(Workshop.CloudDocument document) {
      asked(() -> {
        shelf.drop(object(document));
        return document;
      });
    }

    @Override
    public void close() {
      shelf.close();
      TemporaryBackend.delete(folder);
    }
  }

  private interface Question<T> {
    T ask() throws CourierException, InterruptedException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (CourierException e) {
      throw CliException.because(new AgentException(e.words(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.because(new AgentException("interrupted while the cloud was asked", e));
    }
  }

  /// How the courier is run.
  ///
  /// @param folder for results on their way
  AwsOptions options(Distribution distribution, Path folder) {
    return new AwsOptions(config.burstAws(), command(distribution, folder, COURIER), folder);
  }

  /// The command line of a process with AWS's SDK.
  ///
  /// @param folder its folder, for temporary files too
  /// @param main its main class
  static List<String> command(Distribution distribution, Path folder, String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(flags(distribution.courierOptions()));
    command.add("-Djava.io.tmpdir=" + folder.toAbsolutePath());
    command.add("-cp");
    command.add(distribution.courierJars());
    command.add(main);
    return command;
  }

  private static List<String> flags(Path options) {
    try {
      return Files.readAllLines(options).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new AgentException(
          "The distribution is not complete: " + options + " is missing. Install Sandpiper anew.",
          e);
    }
  }
}
