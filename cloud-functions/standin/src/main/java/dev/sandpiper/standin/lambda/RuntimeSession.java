package dev.sandpiper.standin.lambda;

import dev.sandpiper.standin.http.Reply;
import dev.sandpiper.standin.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The host's end of one process's Runtime API.
final class RuntimeSession {

  /// Lambda's own limit of payloads, both ways.
  static final int MOST_BYTES = 6_291_556;

  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String JSON = "application/json";

  private final String functionArn;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final LinkedBlockingQueue<Invocation> inbox = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();
  private final Runnable onRestore;

  /// @param onRestore told that the process asks to be restored from its snapshot
  RuntimeSession(String functionArn, Runnable onRestore) {
    this.functionArn = functionArn;
    this.onRestore = onRestore;
  }

  /// Completes when the process asks for its first task, or exceptionally when it cannot.
  CompletableFuture<Void> ready() {
    return ready;
  }

  void submit(Invocation invocation) {
    current.set(invocation);
    inbox.add(invocation);
  }

  /// The process has ended.
  void exited(int status) {
    ready.completeExceptionally(
        new IllegalStateException("the process ended with exit status " + status));
    Invocation running = current.getAndSet(null);
    if (running != null) {
      running.result().complete(FunctionErrors.exited(running.id(), status));
    }
  }

  /// @param path after the secret
  Reply answer(Request request, String path) throws InterruptedException {
    if (!path.startsWith(RUNTIME)) {
      return Reply.empty(404);
    }
    String call = path.substring(RUNTIME.length());
    if (call.equals("invocation/next")) {
      ready.complete(null);
      return delivery(inbox.take());
    }
    if (call.equals("restore/next")) {
      onRestore.run();
      return Reply.of(200, JSON, "");
    }
    if (call.equals("init/error") || call.equals("restore/error")) {
      String words = new String(request.body(), StandardCharsets.UTF_8);
      ready.completeExceptionally(new IllegalStateException(call + ": " + words));
      return accepted();
    }
    String[] parts = call.split("/", -1);
    return parts.length == 3 && parts[0].equals("invocation")
        ? finish(parts[1], parts[2], request.body())
        : Reply.empty(404);
  }

  private Reply finish(String id, String how, byte[] body) {
    Invocation running = current.get();
    if (running == null || !running.id().equals(id) || !current.compareAndSet(running, null)) {
      return Reply.of(400, JSON, "{\"errorType\":\"InvalidRequestID\"}");
    }
    if (how.equals("response") && body.length > MOST_BYTES) {
      running.result().complete(FunctionErrors.responseTooLarge(body.length, MOST_BYTES));
      return Reply.of(413, JSON, "{\"errorType\":\"RequestEntityTooLarge\"}");
    }
    running
        .result()
        .complete(
            how.equals("response")
                ? new InvokeResult.Answered(body)
                : new InvokeResult.FunctionError(body));
    return accepted();
  }

  private Reply delivery(Invocation invocation) {
    // Without a content type the runtime client's native code crashes; so it does without a body.
    byte[] payload = invocation.payload();
    return Reply.of(
            200, JSON, payload.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : payload)
        .with("Lambda-Runtime-Aws-Request-Id", invocation.id())
        .with("Lambda-Runtime-Deadline-Ms", String.valueOf(invocation.deadlineMillis()))
        .with("Lambda-Runtime-Invoked-Function-Arn", functionArn);
  }

  private static Reply accepted() {
    return new Reply(202, Map.of("Content-Type", JSON), new byte[0], Reply.empty(202).delivery());
  }
}
