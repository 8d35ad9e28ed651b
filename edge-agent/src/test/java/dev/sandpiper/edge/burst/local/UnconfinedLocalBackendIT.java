package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstBackendContract;
import java.time.Clock;

class UnconfinedLocalBackendIT extends BurstBackendContract {

  @Override
  protected BurstBackend backend() throws Exception {
    return new LocalBackend(
        LocalWorkers.parsing(folder.resolve("state"), SandboxMode.NONE),
        Clock.systemUTC(),
        LocalWorkers.JOURNAL);
  }
}
