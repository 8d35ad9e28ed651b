package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.courier.protocol.Lines;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.NoticeJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/// Tells the agent, one notice after the other, whole lines only. A slow agent makes everybody
/// wait: that is the courier's only queue to it.
final class Voice {

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean silent;

  Voice(OutputStream out) {
    this.out = out;
  }

  void tell(Notice notice) {
    byte[] line = line(notice);
    lock.lock();
    try {
      if (!silent) {
        out.write(line);
        out.flush();
      }
    } catch (IOException _) {
      silent = true; // the agent is gone: the end of the orders says so, too
    } finally {
      lock.unlock();
    }
  }

  private static byte[] line(Notice notice) {
    byte[] line = NoticeJson.line(notice);
    if (line.length <= Lines.MAX_BYTES) {
      return line;
    }
    return NoticeJson.line(
        notice instanceof Notice.Answer answer
            ? new Notice.Answer(
                answer.id(),
                new ParseReply.Failed(
                    answer.id(),
                    FailCode.INTERNAL,
                    "The reply's envelope has %,d bytes, more than the agent takes (%,d)."
                        .formatted(line.length, Lines.MAX_BYTES)),
                null)
            : new Notice.Problem(
                "A message to the agent has %,d bytes, more than it takes."
                    .formatted(line.length)));
  }
}
