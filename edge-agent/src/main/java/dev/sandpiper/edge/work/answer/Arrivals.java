package dev.sandpiper.edge.work.answer;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.intake.Receipt;
import dev.sandpiper.edge.intake.Submission;
import dev.sandpiper.edge.library.SourceGoneException;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fetches the files of a message into the library. The same bytes fetched twice are one document,
/// so that an attempt may break off anywhere.
final class Arrivals {
  private final Intake intake;
  private final Messages messages;

  Arrivals(Intake intake, Messages messages) {
    this.intake = intake;
    this.messages = messages;
  }

  /// Takes the files that can be taken.
  ///
  /// @param locale of who sent them: what is refused is explained in it
  /// @throws TalkException when one may be had later
  List<Spoken.ReceivedFile> fetch(Channel channel, List<IncomingFile> files, Locale locale)
      throws InterruptedException, TalkException {
    List<Spoken.ReceivedFile> received = new ArrayList<>();
    for (IncomingFile file : files) {
      received.add(fetch(channel, file, locale));
    }
    return received;
  }

  private Spoken.ReceivedFile fetch(Channel channel, IncomingFile file, Locale locale)
      throws InterruptedException, TalkException {
    Optional<Receipt.Refused> refusal = intake.refusal(file.size());
    if (refusal.isPresent()) {
      return refused(file, refusal.get(), locale);
    }
    try (InputStream in = channel.open(file)) {
      return taken(file, intake.accept(in, submission(channel, file)), locale);
    } catch (FileRefusedException e) {
      return refused(file, messages.text(locale, "file.refused." + e.reason().key()));
    } catch (ClosedByInterruptException _) {
      throw new InterruptedException("interrupted while a file was fetched");
    } catch (SourceGoneException e) {
      throw passing(file, e);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("interrupted while a file was fetched");
      }
      throw passing(file, e);
    }
  }

  private static TalkException passing(IncomingFile file, Exception e) {
    return TalkException.passing(
        "The file " + file.name() + " could not be fetched: " + e.getMessage(), null, e);
  }

  private static Submission submission(Channel channel, IncomingFile file) {
    return new Submission(
        file.name(), file.mediaType(), channel.name(), Priority.CHAT, null, Set.of());
  }

  private Spoken.ReceivedFile taken(IncomingFile file, Receipt receipt, Locale locale)
      throws TalkException {
    return switch (receipt) {
      case Receipt.Queued queued -> of(file, queued.document().sha256());
      case Receipt.Known known -> of(file, known.document().sha256());
      case Receipt.AlreadyQueued queued -> of(file, queued.document().sha256());
      case Receipt.FailedBefore failed -> of(file, failed.document().sha256());
      case Receipt.Refused refused -> refused(file, refused, locale);
    };
  }

  private static Spoken.ReceivedFile of(IncomingFile file, @Nullable String sha256) {
    return new Spoken.ReceivedFile(file.name(), sha256, null);
  }

  private static Spoken.ReceivedFile refused(IncomingFile file, String why) {
    return new Spoken.ReceivedFile(file.name(), null, why);
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KB" : (bytes >> 20) + " MB";
  }

  /// A full queue or disk may have room later; a document that is too large stays so.
  private Spoken.ReceivedFile refused(IncomingFile file, Receipt.Refused refused, Locale locale)
      throws TalkException {
    return switch (refused.why()) {
      case TOO_LARGE ->
          refused(file, messages.text(locale, "file.refused.over-limit", size(intake.maxBytes())));
      case QUEUE_FULL, DISK_FULL -> throw TalkException.passing(refused.message(), null, null);
    };
  }
}
