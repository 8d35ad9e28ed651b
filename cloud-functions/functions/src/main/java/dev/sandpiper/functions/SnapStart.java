package dev.sandpiper.functions;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/// What a function does around a snapshot of its process: before it, everything once that a
/// document would make it do for the first time; after it, away with what must not be shared by all
/// the processes that begin as this snapshot.
final class SnapStart implements Resource {

  private static final String PROVIDER = "org.crac.Core.Compat";
  private static final String LAMBDA = "com.amazonaws.services.lambda.crac";
  private static final int MOST_STEPS = 1 << 16;

  private final ParseFunction function;
  private final @Nullable Cloud cloud;

  private SnapStart(ParseFunction function, @Nullable Cloud cloud) {
    this.function = function;
    this.cloud = cloud;
  }

  /// Registers the hooks. Whoever gets them keeps them: the runtime holds them weakly.
  static SnapStart register(ParseFunction function, @Nullable Cloud cloud) {
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, LAMBDA);
    }
    SnapStart hooks = new SnapStart(function, cloud);
    Core.getGlobalContext().register(hooks);
    return hooks;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    PrimingSamples.all().forEach(sample -> function.answer(sample.request(), 60_000));
    if (cloud != null) {
      cloud.prime();
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    if (cloud != null) {
      cloud.refresh();
    }
    function.cool();
    step();
  }

  /// Moves this thread's random numbers on by a number of steps that is not in the snapshot, or the
  /// SDK would wait the same "random" time before each retry in every process that begins as it.
  private static void step() {
    for (int steps = new SecureRandom().nextInt(MOST_STEPS); steps > 0; steps--) {
      int _ = ThreadLocalRandom.current().nextInt();
    }
  }
}
