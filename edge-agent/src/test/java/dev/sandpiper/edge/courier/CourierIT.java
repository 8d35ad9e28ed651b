package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierIT {

  @TempDir Path folder;

  @Test
  void aDocumentGoesAndItsResultComesBack() throws Exception {
    try (MotoServer moto =
        MotoServer.start(
            List.of(Plants.IN, Plants.OUT),
            QueueSpec.plant("sandpiper", Duration.ofSeconds(60), List.of(Plants.DEVICE))); ) {
      Plants.Place place =
          new Plants.Place(
              moto.endpoint(),
              moto.queueUrl("sandpiper-jobs").toString(),
              moto.queueUrl("sandpiper-results-pi").toString(),
              Optional.empty());
      try (PlainFunction function = new PlainFunction(Plants.plant(place), 1);
          CourierProcess courier =
              CourierProcess.open(Plants.config(place), folder, notice -> {})) {
        Path file = Files.writeString(folder.resolve("a.txt"), "hello");
        ParseRequest request = Plants.request("job-1-1", file, folder.resolve("result"));
        courier.order(new Order.Task(Route.BURST, request));
        Notice.Answer answer = courier.await("answer", Notice.Answer.class);
        assertThat(answer.reply()).isInstanceOf(ParseReply.Parsed.class);
        assertThat(answer.file()).content().contains("hello");
        courier.order(new Order.Stored("job-1-1"));
        courier.order(new Order.Stop());
        assertThat(courier.exit()).isZero();
        System.err.println(courier.notices() + courier.errors());
        assertThat(function.s3().listObjectsV2(l -> l.bucket(Plants.IN)).contents()).isEmpty();
        assertThat(function.s3().listObjectsV2(l -> l.bucket(Plants.OUT)).contents()).isEmpty();
      }
    }
  }
}
