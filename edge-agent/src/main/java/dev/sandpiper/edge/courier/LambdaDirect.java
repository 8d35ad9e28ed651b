package dev.sandpiper.edge.courier;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/// The function in Lambda.
final class LambdaDirect implements Direct {

  /// What Lambda adds: a cold start, the way there and back.
  private static final Duration SLACK = Duration.ofSeconds(30);

  private static final Pattern BILLED =
      Pattern.compile("(?:Billed Duration: |\"billedDurationMs\":)(\\d{1,9})");
  private static final Pattern MEMORY =
      Pattern.compile("(?:Memory Size: |\"memorySizeMB\":)(\\d{1,6})");

  private final Clients clients;
  private final String function;
  private final Attempts attempts;
  private final Meter meter;

  LambdaDirect(Clients clients, String function, Attempts attempts, Meter meter) {
    this.clients = clients;
    this.function = function;
    this.attempts = attempts;
    this.meter = meter;
  }

  @Override
  public Outcome invoke(byte[] payload, Duration limit) {
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName(function)
            .logType(LogType.TAIL)
            .payload(SdkBytes.fromByteArrayUnsafe(payload))
            .overrideConfiguration(call -> call.apiCallTimeout(limit.plus(SLACK)))
            .build();
    InvokeResponse answer =
        attempts.run("Invoking " + function, () -> clients.lambda().invoke(request));
    if (answer.logResult() != null) {
      charge(answer.logResult());
    }
    return new Outcome(answer.payload().asByteArrayUnsafe(), answer.functionError());
  }

  private void charge(String tail) {
    String log;
    try {
      log = new String(Base64.getDecoder().decode(tail), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return; // no log: nothing can be counted
    }
    Matcher billed = BILLED.matcher(log);
    Matcher memory = MEMORY.matcher(log);
    if (billed.find() && memory.find()) {
      meter.used(Long.parseLong(billed.group(1)) * Long.parseLong(memory.group(1)) / 1_024);
    }
  }

  @Override
  public void dryRun() {
    attempts.run(
        "Asking for " + function,
        () ->
            clients
                .lambda()
                .invoke(ask -> ask.functionName(function).invocationType(InvocationType.DRY_RUN)));
  }
}
