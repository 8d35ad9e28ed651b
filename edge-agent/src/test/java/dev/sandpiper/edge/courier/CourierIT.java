package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class CourierIT {

  @TempDir Path folder;

  @Test
  void aDocumentGoesThroughTheQueueAndLeavesNothing() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task(Route.BURST, "job-1-1", "hello"));
      Notice.Answer answer = courier.await("answer", Notice.Answer.class);
      assertThat(answer.id()).isEqualTo("job-1-1");
      assertThat(answer.reply().requestId()).isEqualTo("job-1-1");
      assertThat(answer.file()).isEqualTo(folder.resolve("job-1-1.result"));
      assertThat(answer.file()).content().contains("hello");
      assertThat(plant.aws().objectsLeft()).isEqualTo(2);
      courier.order(new Order.Stored("job-1-1"));
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      assertThat(plant.left()).isZero();
      assertThat(courier.errors()).isEmpty();
    }
  }

  @Test
  void aSmallDocumentTravelsInsideTheInvocation() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task(Route.DIRECT, "job-1-1", "hello"));
      Notice.Answer answer = courier.await("answer", Notice.Answer.class);
      ParseReply.Parsed parsed = (ParseReply.Parsed) answer.reply();
      assertThat(answer.file()).content().contains("hello");
      assertThat(parsed.stored()).isNotNull();
      assertThat(parsed.stored().size()).isEqualTo(Files.size(answer.file()));
      assertThat(plant.aws().counters().service("s3")).isZero();
      assertThat(plant.aws().counters().operation("lambda:Invoke")).isEqualTo(1);
    }
  }

  @Test
  void aLargeDocumentIsInvokedByReference() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task(Route.DIRECT, "job-1-1", "x".repeat(5 << 20)));
      Notice.Answer answer = courier.await("answer", Notice.Answer.class);
      assertThat(Files.size(answer.file())).isGreaterThan(5 << 20);
      courier.order(new Order.Stored("job-1-1"));
      assertThat(courier.endOfInput()).isZero();
      assertThat(plant.left()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grow", "swell"})
  void aResultTooLargeForAnAnswerComesThroughTheDepot(String how) throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task(Route.DIRECT, "job-1-1", how + "x".repeat(1 << 20)));
      Notice.Answer answer = courier.await("answer", Notice.Answer.class);
      assertThat(Files.size(answer.file())).isGreaterThan(8 << 20);
      courier.order(new Order.Stored("job-1-1"));
      assertThat(courier.endOfInput()).isZero();
      assertThat(plant.left()).isZero();
    }
  }

  @Test
  void manyOfTheLargestInvocationsFitIntoTheHeap() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      for (int i = 1; i <= 12; i++) {
        courier.order(task(Route.DIRECT, "job-" + i + "-1", i + "x".repeat((4 << 20) - 2)));
      }
      for (int i = 1; i <= 12; i++) {
        assertThat(courier.await("answer", Notice.Answer.class).reply())
            .isInstanceOf(ParseReply.Parsed.class);
      }
      assertThat(plant.aws().counters().service("s3")).isZero();
    }
  }

  @Test
  void aFunctionThatEndsWithoutAnAnswerIsAFailure() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task(Route.DIRECT, "job-1-1", "crash"));
      assertThat(courier.await("answer", Notice.Answer.class).reply())
          .isEqualTo(
              new ParseReply.Failed(
                  "job-1-1",
                  FailCode.CRASHED,
                  "The function ended without an answer. Lambda says:"
                      + " {\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"exit status"
                      + " 1\"}"));
    }
  }

  @Test
  void aFailedReplyPassesThrough() throws Exception {
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = CourierProcess.open(plant.config(), folder, _ -> {})) {
      courier.order(task(Route.BURST, "job-1-1", "fail"));
      assertThat(courier.await("answer", Notice.Answer.class).reply())
          .isEqualTo(new ParseReply.Failed("job-1-1", FailCode.OUT_OF_MEMORY, "Too much."));
      courier.order(new Order.Stored("job-1-1"));
      assertThat(courier.endOfInput()).isZero();
      assertThat(plant.left()).isZero();
    }
  }

  @Test
  void aThousandDocumentsCostFewRequests() throws Exception {
    Agent agent = new Agent(folder, Route.BURST, 64);
    for (int i = 0; i < 1_000; i++) {
      agent.document("doc" + i, "document number " + i + ".");
    }
    try (DoublePlant plant = DoublePlant.start(1);
        CourierProcess courier = agent.start(plant.config())) {
      agent.awaitAll(240_000);
      courier.order(new Order.Stop());
      assertThat(courier.exit()).isZero();
      System.err.println("PUT, GET, DELETE, SQS, Invoke: " + Arrays.toString(agent.used()));
      assertThat(agent.used()[0]).isEqualTo(1_000);
      assertThat(agent.used()[1]).isEqualTo(1_000);
      // 300 if every batch is full; how full they are is up to the scheduler of a busy machine.
      assertThat(agent.used()[3]).isLessThan(Boolean.getBoolean("sandpiper.proof") ? 350 : 700);
      assertThat(agent.wrong()).isEmpty();
      assertThat(agent.outcomes().values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
      assertThat(plant.left()).isZero();
    }
  }

  private Order task(Route route, String id, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(id + ".txt"), text);
    ParseRequest request = Plants.request(id, file, folder.resolve(id + ".result"));
    return new Order.Task(route, request);
  }
}
