package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The transactions around a send: what may be sent now, and what became of it.
///
/// Only the writer thread calls it.
final class Dispatch {
  private static final int MOST_DOUBLINGS = 20;

  /// A doubt is tried this often, at least, while the far side knows its key.
  private static final int TRIES_OF_A_DOUBT = 8;

  private final Outbox outbox;
  private final Channels channels;
  private final BlobStore blobs;
  private final ChatOptions.SendOptions options;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Integer> troubles = new HashMap<>();

  Dispatch(
      Outbox outbox,
      Channels channels,
      BlobStore blobs,
      ChatOptions.SendOptions options,
      Clockwork clockwork) {
    this.outbox = outbox;
    this.channels = channels;
    this.blobs = blobs;
    this.options = options;
    this.clock = clockwork.clock();
    this.random = clockwork.random();
  }

  /// A parcel that is marked as being sent.
  record Taken(ParcelRow row, Channel channel, Parcel parcel) {}

  /// What an ended process was sending: what may have arrived is sent again only where the far side
  /// knows it again.
  void recover(Tx tx) {
    Instant now = clock.instant();
    for (ParcelRow row : outbox.rows().sending(tx)) {
      doubt(tx, row, "The agent ended while it was being sent.", now);
    }
  }

  /// Takes the first parcel of a chat, when it may be sent now; marks it.
  Optional<Taken> take(Tx tx, String address) {
    Instant now = clock.instant();
    Optional<ParcelRow> head = outbox.rows().head(tx, address);
    while (head.isPresent()) {
      ParcelRow row = head.get();
      Optional<Channel> channel = channels.find(row.address().channel());
      if (channel.isPresent() && (row.due().isAfter(now) || pausedUntil(tx, row).isAfter(now))) {
        return Optional.empty();
      }
      if (channel.isPresent() && !isOverdue(row, now) && !isDoubtedTooLong(row, now)) {
        Optional<Path> file = file(row);
        if (file.isPresent() || !(row.content() instanceof Outgoing.Attachment)) {
          ParcelRows.sending(tx, row.id(), now);
          ParcelRow marked = outbox.rows().find(tx, row.id()).orElseThrow();
          return Optional.of(
              new Taken(marked, channel.get(), parcel(tx, marked, file.orElse(null))));
        }
        ParcelRows.end(tx, row.id(), ParcelState.REFUSED, "Its file is gone.", now);
      } else if (!giveUp(tx, row, channel.isPresent(), now)) {
        return Optional.empty();
      }
      head = outbox.rows().head(tx, address);
    }
    return Optional.empty();
  }

  private boolean giveUp(Tx tx, ParcelRow row, boolean known, Instant now) {
    if (row.doubted() != null && (isDoubtedTooLong(row, now) || isOverdue(row, now))) {
      ParcelRows.end(tx, row.id(), ParcelState.UNKNOWN, unknown(row.reason()), now);
      return true;
    }
    if (isOverdue(row, now)) {
      String why =
          known
              ? "It could not be sent for " + days(options.maxAge()) + ": " + row.reason()
              : "Channel " + row.address().channel() + " is not configured any more.";
      ParcelRows.end(tx, row.id(), ParcelState.PARKED, why, now);
      return true;
    }
    return false;
  }

  /// Records how a parcel fared.
  void record(Tx tx, Taken taken, Delivery delivery) {
    Instant now = clock.instant();
    ParcelRow row = taken.row();
    String channel = row.address().channel();
    switch (delivery) {
      case Delivery.Delivered(String farId) -> {
        ParcelRows.sent(tx, row.id(), farId, now);
        troubles.remove(channel);
        // One that is not over was begun while this was under way.
        tx.update("DELETE FROM outbox_pauses WHERE channel=? AND until<=?", channel, now);
      }
      case Delivery.Later later when later.everywhere() -> {
        Duration wait =
            wait(troubles.merge(channel, 1, Integer::sum), later.after(), options.backoffMax());
        pause(tx, channel, now.plus(wait), later.reason());
        ParcelRows.again(tx, row, now, later.reason(), now);
      }
      case Delivery.Later later -> again(tx, row, later.after(), later.reason(), now);
      case Delivery.Refused(String reason) ->
          ParcelRows.end(tx, row.id(), ParcelState.REFUSED, reason, now);
      case Delivery.Unknown(String reason) -> doubt(tx, row, reason, now);
      case Delivery.Moved(String chat) -> {
        Address to = new Address(channel, chat);
        if (to.equals(row.address())) {
          ParcelRows.end(
              tx, row.id(), ParcelState.REFUSED, "The chat has moved to where it was.", now);
        } else {
          ParcelRows.again(tx, row, now, null, now);
          outbox.move(tx, row.address(), to);
        }
      }
    }
  }

  /// When the first parcel of a chat can be sent; far away when it never can.
  Instant dueAt(Tx tx, ParcelRow head) {
    if (channels.find(head.address().channel()).isEmpty()) {
      return head.created().plus(options.maxAge());
    }
    Instant paused = pausedUntil(tx, head);
    return paused.isAfter(head.due()) ? paused : head.due();
  }

  private void again(
      Tx tx, ParcelRow row, @Nullable Duration after, @Nullable String reason, Instant now) {
    ParcelRow failed = counted(row, row.doubted());
    if (failed.attempts() >= options.maxAttempts()) {
      String why = "It failed " + failed.attempts() + " times: " + reason;
      ParcelState end = row.doubted() == null ? ParcelState.PARKED : ParcelState.UNKNOWN;
      ParcelRows.end(tx, row.id(), end, why, now);
      return;
    }
    Duration longest = failed.doubted() == null ? options.backoffMax() : longestOfADoubt();
    ParcelRows.again(tx, failed, now.plus(wait(failed.attempts(), after, longest)), reason, now);
  }

  private void doubt(Tx tx, ParcelRow row, String reason, Instant now) {
    boolean idempotent =
        channels.find(row.address().channel()).map(Channel::isIdempotent).orElse(false);
    if (!idempotent) {
      ParcelRows.end(tx, row.id(), ParcelState.UNKNOWN, unknown(reason), now);
      return;
    }
    // The time of its mark: it may have arrived at any time since.
    Instant since = row.doubted() == null ? row.updated() : row.doubted();
    again(tx, counted(row, since, row.attempts()), null, reason, now);
  }

  private static String unknown(@Nullable String reason) {
    return "It may or may not have arrived: " + reason;
  }

  private static ParcelRow counted(ParcelRow row, @Nullable Instant doubted) {
    return counted(row, doubted, row.attempts() + 1);
  }

  private static ParcelRow counted(ParcelRow row, @Nullable Instant doubted, int attempts) {
    return new ParcelRow(
        row.id(),
        row.key(),
        row.address(),
        row.message(),
        row.content(),
        row.state(),
        row.due(),
        attempts,
        doubted,
        row.farId(),
        row.reason(),
        row.created(),
        row.updated());
  }

  /// One that waits until its key is forgotten there is unknown for good.
  private Duration longestOfADoubt() {
    Duration share = options.sameWithin().dividedBy(TRIES_OF_A_DOUBT);
    return share.compareTo(options.backoffMax()) < 0 ? share : options.backoffMax();
  }

  /// Full jitter below a bound that doubles; on top of what the far side asked for.
  private Duration wait(int failures, @Nullable Duration asked, Duration longest) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    long bound = Math.min(longest.toMillis(), options.backoffBase().toMillis() << doublings);
    if (asked == null || asked.isNegative()) {
      return Duration.ofMillis(random.nextLong(bound + 1));
    }
    return asked.plusMillis(random.nextLong(options.backoffBase().toMillis() + 1));
  }

  private static void pause(Tx tx, String channel, Instant until, String reason) {
    tx.update(
        "INSERT INTO outbox_pauses (channel, until, reason) VALUES (?1, ?2, ?3) ON CONFLICT (channel)"
            + " DO UPDATE SET until=max(until, ?2), reason=?3",
        channel,
        until,
        reason);
  }

  private static Instant pausedUntil(Tx tx, ParcelRow row) {
    return tx.queryOne(
            "SELECT until FROM outbox_pauses WHERE channel=?",
            found -> found.instant(1),
            row.address().channel())
        .orElse(Instant.MIN);
  }

  private Optional<Path> file(ParcelRow row) {
    return row.content() instanceof Outgoing.Attachment file && blobs.exists(file.sha256())
        ? Optional.of(blobs.path(file.sha256()))
        : Optional.empty();
  }

  private Parcel parcel(Tx tx, ParcelRow row, @Nullable Path file) {
    String target =
        row.content() instanceof Outgoing.Edit edit
            ? outbox
                .rows()
                .findId(edit.of())
                .flatMap(id -> outbox.rows().find(tx, id))
                .map(ParcelRow::farId)
                .orElse(null)
            : null;
    return new Parcel(row.key(), row.address(), row.content(), target, file);
  }

  private boolean isOverdue(ParcelRow row, Instant now) {
    return now.isAfter(row.created().plus(options.maxAge()));
  }

  private boolean isDoubtedTooLong(ParcelRow row, Instant now) {
    return row.doubted() != null && now.isAfter(row.doubted().plus(options.sameWithin()));
  }

  private static String days(Duration time) {
    return time.toDays() >= 2 ? time.toDays() + " days" : time.toHours() + " hours";
  }
}
