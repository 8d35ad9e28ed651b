package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Notice;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Counts each request as it leaves, retries too, and notes what time it is at AWS.
final class Meter implements ExecutionInterceptor {

  private final InstantSource clock;
  private final AtomicLong s3Put = new AtomicLong();
  private final AtomicLong s3Get = new AtomicLong();
  private final AtomicLong s3Delete = new AtomicLong();
  private final AtomicLong s3List = new AtomicLong();
  private final AtomicLong sqs = new AtomicLong();
  private final AtomicLong invoke = new AtomicLong();
  private final AtomicLong gbMillis = new AtomicLong();
  private volatile @Nullable Duration ahead;

  Meter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    String operation = String.valueOf(about.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    switch (String.valueOf(about.getAttribute(SdkExecutionAttribute.SERVICE_NAME))) {
      case "S3" -> s3(operation).incrementAndGet();
      case "Sqs" -> sqs.incrementAndGet();
      case "Lambda" -> invoke.incrementAndGet();
      default -> {
        // asking who one is costs nothing
      }
    }
  }

  private AtomicLong s3(String operation) {
    if (operation.startsWith("List")) {
      return s3List;
    }
    if (operation.startsWith("Delete") || operation.startsWith("Abort")) {
      return s3Delete;
    }
    return operation.startsWith("Get") || operation.startsWith("Head") ? s3Get : s3Put;
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes about) {
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .flatMap(Meter::instant)
        .ifPresent(date -> ahead = Duration.between(date, clock.instant()));
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (DateTimeException _) {
      return Optional.empty(); // no date of AWS
    }
  }

  /// How far this machine's clock is ahead of AWS's, by the last answer; empty when there was none.
  Optional<Duration> findAhead() {
    return Optional.ofNullable(ahead);
  }

  /// Adds what a function used.
  void used(long gbMilliseconds) {
    gbMillis.addAndGet(gbMilliseconds);
  }

  /// What was counted since the last time; empty when nothing was.
  Optional<Notice.Usage> take() {
    Notice.Usage usage =
        new Notice.Usage(
            s3Put.getAndSet(0),
            s3Get.getAndSet(0),
            s3Delete.getAndSet(0),
            s3List.getAndSet(0),
            sqs.getAndSet(0),
            invoke.getAndSet(0),
            gbMillis.getAndSet(0));
    return usage.equals(new Notice.Usage(0, 0, 0, 0, 0, 0, 0))
        ? Optional.empty()
        : Optional.of(usage);
  }
}
