package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.protocol.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// The way of many documents: up to S3, as a job through the queue; the [Listener] hears of the
/// end.
final class Bursts {

  /// A job waits so long for others to share its request, in a crowd; alone it does not wait.
  private static final Duration LINGER = Duration.ofMillis(250);

  private static final int CROWD = 5;
  private static final int AT_ONCE = 4;

  /// A document to be sent off.
  record Job(Ticket ticket, Post.Letter letter) {}

  private final Plant plant;
  private final ObjectKeys keys;
  private final Register register;
  private final Uploads uploads;
  private final Post post;
  private final Listener listener;
  private final ExecutorService threads;
  private final Batcher<Job> jobs;
  private final AtomicInteger leaving = new AtomicInteger();

  /// Lays documents down, so many at once as the cloud bears.
  record Uploads(Depot depot, Pace pace, Documents documents) {

    void take(Ticket ticket) throws InterruptedException {
      DocumentRef document = ticket.request().document();
      Depot.Parcel parcel =
          new Depot.Parcel(
              documents.key(document.sha256()),
              ticket.source(),
              document.size(),
              document.sha256(),
              document.name(),
              document.mediaType());
      documents.take(
          document.sha256(),
          () ->
              pace.run(() -> {
                depot.put(parcel);
                return parcel;
              }));
    }
  }

  /// Who is met on the way.
  record Company(Register register, Uploads uploads, Post post, Listener listener) {}

  Bursts(Plant plant, ObjectKeys keys, Company company, ExecutorService threads) {
    this.plant = plant;
    this.keys = keys;
    this.register = company.register();
    this.uploads = company.uploads();
    this.post = company.post();
    this.listener = company.listener();
    this.threads = threads;
    jobs =
        new Batcher<>(
            new Batcher.Rule(Post.MOST, Post.MOST_BYTES, LINGER, AT_ONCE),
            job -> job.letter().weight(),
            this::send);
  }

  /// Sends one document off.
  void submit(Ticket ticket) {
    leaving.incrementAndGet();
    threads.execute(() -> leave(ticket));
  }

  private void leave(Ticket ticket) {
    try {
      uploads.take(ticket);
      register.holds(ticket);
      jobs.add(new Job(ticket, letter(ticket)));
    } catch (CloudException e) {
      register.refuse(ticket, e);
    } catch (RuntimeException e) {
      register.refuse(
          ticket, new CloudException(Fault.INTERNAL, "A document cannot leave: " + e + ".", e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // being stopped
    } finally {
      if (leaving.decrementAndGet() == 0 && register.due() < CROWD) {
        jobs.flush();
      }
    }
  }

  private Post.Letter letter(Ticket ticket) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    try {
      RequestJson.write(
          request(ticket, ticket.cloud().wireId(), source(ticket), target(ticket)), body);
    } catch (IOException e) {
      throw new IllegalStateException("memory refused a request", e);
    }
    // Two code points that JSON may hold and SQS does not take.
    String text =
        body.toString(StandardCharsets.UTF_8).replace('\uFFFE', '?').replace('\uFFFF', '?');
    return new Post.Letter(ticket.id(), text);
  }

  Source source(Ticket ticket) {
    return new Source.S3(plant.inBucket(), keys.document(ticket.cloud().sha256()), null);
  }

  ResultTarget target(Ticket ticket) {
    return new ResultTarget.S3(plant.outBucket(), keys.result(ticket.cloud()));
  }

  /// The agent's request as the cloud gets it.
  static ParseRequest request(Ticket ticket, String id, Source source, ResultTarget target) {
    ParseRequest request = ticket.request();
    DocumentRef document = request.document();
    return new ParseRequest(
        id,
        new DocumentRef(
            document.name(), document.sha256(), document.size(), document.mediaType(), source),
        request.pages(),
        request.outputs(),
        request.limits(),
        request.split(),
        target);
  }

  private void send(List<Job> batch) {
    List<Job> wanted = batch.stream().filter(job -> register.leaves(job.ticket())).toList();
    if (wanted.isEmpty()) {
      return;
    }
    listener.wake();
    List<Post.Letter> letters = new ArrayList<>();
    wanted.forEach(job -> letters.add(job.letter()));
    Map<String, CloudException> refused = post.send(letters);
    for (Job job : wanted) {
      CloudException why = refused.get(job.letter().id());
      if (why != null) {
        register.refuse(job.ticket(), why);
      }
    }
  }

  /// Nothing is sent any more; what waits stays unsent.
  void close() {
    jobs.takeOpen();
  }

  /// Waits for what is being sent.
  void drain(Duration most) throws InterruptedException {
    jobs.drain(most);
  }
}
