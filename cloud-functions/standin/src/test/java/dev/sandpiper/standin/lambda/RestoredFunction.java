package dev.sandpiper.standin.lambda;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Answers with the snapshot hooks that have run.
public final class RestoredFunction implements RequestStreamHandler, Resource {

  private final List<String> hooks = new ArrayList<>();

  /// Registers its hooks.
  @SuppressWarnings("this-escape")
  public RestoredFunction() {
    Core.getGlobalContext().register(this);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    hooks.add("checkpoint");
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    hooks.add("restore");
  }

  @Override
  public void handleRequest(
      InputStream input, OutputStream output, com.amazonaws.services.lambda.runtime.Context context)
      throws IOException {
    output.write(("\"" + String.join(" ", hooks) + "\"").getBytes(StandardCharsets.UTF_8));
  }
}
