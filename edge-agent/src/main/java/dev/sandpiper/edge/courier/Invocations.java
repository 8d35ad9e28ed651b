package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.courier.protocol.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/// The way of one document: an invocation that carries it, or its place in S3, and brings the
/// result, or its place.
final class Invocations {

  /// Bytes of documents in memory at once, with what encoding them takes. A document under the
  /// largest `burst.aws.direct_limit` fits once.
  private static final int BUDGET_KB = 24 << 10;

  private static final int COPIES = 4;
  private static final int REST_KB = 256;

  private final Direct direct;
  private final Pace pace;
  private final Bursts bursts;
  private final Company company;
  private final long directLimit;
  private final ExecutorService threads;
  private final Semaphore budget = new Semaphore(BUDGET_KB, true);

  /// Who is met on the way.
  record Company(Register register, Bursts.Uploads uploads, Results results) {}

  /// How the function is asked.
  record Way(Direct direct, Pace pace, long directLimit) {}

  Invocations(Way way, Bursts bursts, Company company, ExecutorService threads) {
    this.direct = way.direct();
    this.pace = way.pace();
    this.directLimit = way.directLimit();
    this.bursts = bursts;
    this.company = company;
    this.threads = threads;
  }

  /// Sends one document off.
  void submit(Ticket ticket) {
    threads.execute(() -> {
      try {
        ask(ticket);
      } catch (CloudException e) {
        company.register().refuse(ticket, e);
      } catch (IOException e) {
        company.register().refuse(ticket, Downloads.disk(e));
      } catch (RuntimeException e) {
        company
            .register()
            .refuse(
                ticket,
                new CloudException(Fault.INTERNAL, "An invocation went wrong: " + e + ".", e));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // being stopped
      }
    });
  }

  private void ask(Ticket ticket) throws IOException, InterruptedException {
    long size = ticket.request().document().size();
    if (size > directLimit) {
      company.uploads().take(ticket);
      company.register().holds(ticket);
      if (company.register().leaves(ticket)) {
        byReference(ticket, bursts.source(ticket));
      }
      return;
    }
    int weight = (int) Math.min(BUDGET_KB, ((size * COPIES) >> 10) + REST_KB);
    budget.acquire(weight);
    try {
      if (company.register().leaves(ticket)) {
        inline(ticket);
      }
    } finally {
      budget.release(weight);
    }
  }

  private void inline(Ticket ticket) throws IOException, InterruptedException {
    Direct.Outcome outcome =
        invoke(
            ticket,
            Bursts.request(
                ticket,
                ticket.id(),
                new Source.Inline(Files.readAllBytes(ticket.source())),
                new ResultTarget.Inline()));
    ParseReply reply = reply(ticket, outcome);
    if (Errors.tooLarge(outcome) || isOverLimit(reply)) {
      byReference(ticket, new Source.Inline(Files.readAllBytes(ticket.source())));
    } else {
      if (reply instanceof ParseReply.Parsed parsed && parsed.stored() == null) {
        company.results().keep(ticket, parsed, outcome.payload());
      } else {
        company.results().finish(ticket, reply);
      }
    }
  }

  /// The function says the same of a result too large for an answer and of a document beyond its
  /// limits: a second one, without the first, tells them apart.
  private static boolean isOverLimit(ParseReply reply) {
    return reply instanceof ParseReply.Rejected rejected
        && rejected.code() == RejectCode.OVER_LIMIT;
  }

  /// The result is laid down in S3: it, or the document, is too large for an invocation.
  private void byReference(Ticket ticket, Source source) throws IOException, InterruptedException {
    company.register().mayHaveResult(ticket);
    Direct.Outcome outcome =
        invoke(
            ticket, Bursts.request(ticket, ticket.cloud().wireId(), source, bursts.target(ticket)));
    company.results().finish(ticket, reply(ticket, outcome));
  }

  private Direct.Outcome invoke(Ticket ticket, ParseRequest request)
      throws IOException, InterruptedException {
    int length =
        request.document().source() instanceof Source.Inline(byte[] bytes)
            ? bytes.length / 3 * 4 + 4_096
            : 4_096;
    ByteArrayOutputStream payload = new ByteArrayOutputStream(length);
    RequestJson.write(request, payload);
    byte[] bytes = payload.toByteArray();
    return pace.run(
        () -> direct.invoke(bytes, Duration.ofMillis(ticket.request().limits().wallMillis())));
  }

  private static ParseReply reply(Ticket ticket, Direct.Outcome outcome) throws IOException {
    if (outcome.error() != null) {
      return Errors.failed(ticket.id(), outcome);
    }
    try {
      return ReplyJson.read(new ByteArrayInputStream(outcome.payload()), ContentSink.IGNORE);
    } catch (ContractException e) {
      return new ParseReply.Failed(
          ticket.id(),
          FailCode.INTERNAL,
          "The function answered what is no reply of this version. "
              + e.getMessage()
              + " Deploy the function package that belongs to this agent: scripts/deploy.");
    }
  }

  /// What Lambda says when a function did not answer.
  private static final class Errors {
    private static final int LONGEST = 400;

    static boolean tooLarge(Direct.Outcome outcome) {
      return outcome.error() != null && text(outcome).contains("ResponseSizeTooLarge");
    }

    static ParseReply.Failed failed(String id, Direct.Outcome outcome) {
      String text = text(outcome);
      FailCode code = FailCode.CRASHED;
      if (text.contains("Task timed out") || text.contains("Sandbox.Timedout")) {
        code = FailCode.DEADLINE;
      } else if (text.contains("OutOfMemory")) {
        code = FailCode.OUT_OF_MEMORY;
      }
      return new ParseReply.Failed(
          id, code, "The function ended without an answer. Lambda says: " + text);
    }

    private static String text(Direct.Outcome outcome) {
      return new String(
          outcome.payload(),
          0,
          Math.min(LONGEST, outcome.payload().length),
          StandardCharsets.UTF_8);
    }
  }
}
