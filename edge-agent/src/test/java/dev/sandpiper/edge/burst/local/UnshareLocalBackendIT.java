package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstBackendContract;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;

class UnshareLocalBackendIT extends BurstBackendContract {

  @BeforeEach
  void needsUnshare() {
    NeededSandbox.of(SandboxMode.UNSHARE);
  }

  @Override
  protected BurstBackend backend() throws Exception {
    return new LocalBackend(
        LocalWorkers.parsing(folder.resolve("state"), SandboxMode.UNSHARE),
        Clock.systemUTC(),
        LocalWorkers.JOURNAL);
  }
}
