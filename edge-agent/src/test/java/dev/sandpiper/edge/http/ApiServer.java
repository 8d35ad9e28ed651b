package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledgers;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleControl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/// The real routes over the real store.
final class ApiServer implements AutoCloseable {

  final AtomicReference<CheckResult> check =
      new AtomicReference<>(CheckResult.ok("store", "writable"));
  final SwitchedCloud burst = new SwitchedCloud();
  final Rig rig;
  final HttpServer server;
  final int port;

  ApiServer(Path home, long maxBytes) throws IOException {
    this(new Rig(home, maxBytes));
  }

  /// @param rig closed with the server
  ApiServer(Rig rig) {
    this.rig = rig;
    ApiParts parts =
        new ApiParts(
            rig.database,
            rig.blobs,
            rig.library,
            rig.queue,
            rig.intake,
            Optional.of(burst),
            () -> List.of(check.get()));
    server =
        new HttpServer(
            Configs.parse("http.port = 0").http(),
            new Secret(RawClient.TOKEN),
            new HttpApi(parts)
                .withPeople(people())
                .withLedger(Ledgers.free(rig.database, InstantSource.system())),
            new HttpServer.Surroundings(
                rig.events,
                InstantSource.system(),
                new Journal(System.err, InstantSource.system())));
    port = server.start();
  }

  private PeopleControl people() {
    People people = new People(rig.database, InstantSource.system());
    return new PeopleControl(
        rig.database,
        people,
        new Pairing(people, InstantSource.system(), new Random(1)),
        (_, _) -> {});
  }

  @Override
  public void close() {
    server.close();
    rig.close();
  }
}
