package dev.sandpiper.edge.llm.route;

import static dev.sandpiper.edge.llm.route.Scripted.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Money is set aside before a model is asked, and settled after.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SpendingTest {

  private static final String DEAR =
      """
      [providers.one]
      kind = "openai"
      base_url = "http://127.0.0.1:1/v1"
      concurrency = 16
      [models.dear]
      provider = "one"
      model = "dear-id"
      price_input = 3
      price_output = 15
      price_cached = 0.3
      price_cache_write = 3.75
      price_date = 2026-12-01
      """;

  private static final String FREE =
      """
      [models.free]
      provider = "one"
      model = "free-id"
      price_input = 0
      price_output = 0
      price_date = 2026-12-01
      [llm]
      fallback = ["free"]
      """;

  /// What Scripted.USED costs: 50 × 3 + 40 × 0.3 + 10 × 3.75 + 20 × 15, rounded half up.
  private static final long ONE_CALL = 500;

  @TempDir Path folder;

  private static String budget(String dollars) {
    return "[budgets.total]\nper_day = " + dollars + "\n";
  }

  private static long spent(Bench bench) {
    return bench.ledger.lines(LocalDate.EPOCH, LocalDate.of(9_000, 1, 1)).stream()
        .mapToLong(Ledger.Line::micros)
        .sum();
  }

  @Test
  void anAnswerCostsWhatTheProviderCounted() throws Exception {
    try (Bench bench = new Bench(folder, DEAR + budget("1"))) {
      ChatAnswer _ = bench.ask();
      assertThat(spent(bench)).isEqualTo(ONE_CALL);
      assertThat(bench.ledger.open()).isEmpty();
    }
  }

  @Test
  void withoutMoneyNobodyIsAskedUntilMidnight() throws Exception {
    try (Bench bench = new Bench(folder, DEAR + budget("0.0009"))) {
      ChatAnswer _ = bench.ask();
      ModelException e = catchThrowableOfType(ModelException.class, bench::ask);
      assertThat(e.kind()).isEqualTo(Kind.OVER_BUDGET);
      assertThat(e)
          .hasMessage(
              "The budget \"total\" ($0.0009 a day) is used up: $0.0005 is spent or set aside, and"
                  + " this may cost up to $0.000784. It works again on 2026-12-02 00:00"
                  + " (Europe/Berlin), or when you raise per_day in [budgets.total].");
      assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(13));
      assertThat(bench.models.order()).isEqualTo("dear");
      bench.advance(Duration.ofHours(13));
      ChatAnswer _ = bench.ask();
      assertThat(bench.models.order()).isEqualTo("dear dear");
    }
  }

  @Test
  void oneThatCostsNothingStandsInWhereMoneyIsShort() throws Exception {
    try (Bench bench = new Bench(folder, DEAR + FREE + budget("0.0009"))) {
      ChatAnswer _ = bench.ask();
      assertThat(bench.ask().text()).isEqualTo("I am free");
      assertThat(spent(bench)).isEqualTo(ONE_CALL);
    }
  }

  @Test
  void whatAFailedCallCostIsNotGuessed() {
    try (Bench bench = new Bench(folder, DEAR + budget("1"))) {
      bench.models.next("dear", fails(Kind.SERVER));
      ModelException _ = catchThrowableOfType(ModelException.class, bench::ask);
      assertThat(spent(bench)).isZero();
      assertThat(bench.ledger.open())
          .singleElement()
          .satisfies(open -> {
            assertThat(open.micros()).isEqualTo(784);
            assertThat(open.adrift()).isNotNull();
          });
    }
  }

  @Test
  void tenThousandCallsAtOnceStopAtTheCap() throws Exception {
    try (Bench bench = new Bench(folder, DEAR + budget("2"));
        ExecutorService callers = Executors.newFixedThreadPool(16)) {
      List<Callable<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        String question = "question " + i;
        calls.add(() -> {
          try {
            ChatAnswer _ = bench.ask(question);
            return ONE_CALL;
          } catch (ModelException e) {
            assertThat(e.kind()).isEqualTo(Kind.OVER_BUDGET);
            return 0L;
          }
        });
      }
      long paid = 0;
      for (Future<Long> call : callers.invokeAll(calls)) {
        paid += call.get();
      }
      assertThat(spent(bench)).isEqualTo(paid).isBetween(2_000_000L - 16 * 800, 2_000_000L);
      assertThat(bench.models.questions()).hasSize((int) (paid / ONE_CALL));
      assertThat(bench.ledger.open()).isEmpty();
    }
  }
}
