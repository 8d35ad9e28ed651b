package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstBackendContract;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;

class BubblewrapLocalBackendIT extends BurstBackendContract {

  @BeforeEach
  void needsBubblewrap() {
    NeededSandbox.of(SandboxMode.BWRAP);
  }

  @Override
  protected BurstBackend backend() throws Exception {
    return new LocalBackend(
        LocalWorkers.parsing(folder.resolve("state"), SandboxMode.BWRAP),
        Clock.systemUTC(),
        LocalWorkers.JOURNAL);
  }
}
