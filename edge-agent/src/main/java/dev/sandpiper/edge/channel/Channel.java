package dev.sandpiper.edge.channel;

import dev.sandpiper.edge.health.CheckResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A way to talk to people.
public interface Channel extends AutoCloseable {

  /// Its name in addresses, such as `telegram`.
  String name();

  /// Begins to receive. A far side that cannot be reached is tried again for as long as it takes.
  void start(Inbox inbox);

  /// Cuts a message into pieces that each fit; joined they say the same.
  List<String> split(String markdown);

  /// Sends one piece; blocks.
  Delivery deliver(Parcel parcel) throws InterruptedException;

  /// Whether a parcel that is sent twice within minutes arrives once.
  boolean isIdempotent();

  /// Fetches a file that came with a message. The caller closes it.
  ///
  /// @throws FileRefusedException when it will never be had: too large, gone
  /// @throws IOException when it may be had later
  InputStream open(IncomingFile file) throws IOException, InterruptedException;

  /// Shows that an answer is being made, until it is closed.
  LiveReply live(Address address);

  /// How it stands, without asking the far side.
  CheckResult check();

  @Override
  void close();
}
