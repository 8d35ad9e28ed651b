package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.chat.Postman;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.work.WorkLoop;
import java.util.List;

/// The conversation, running: lanes that answer, the postman that sends, channels that receive.
final class Conversation implements AutoCloseable {
  private final ConversationDesk desk;
  private final WorkLoop lanes;
  private final Postman postman;

  Conversation(ConversationDesk desk, WorkLoop lanes, Postman postman) {
    this.desk = desk;
    this.lanes = lanes;
    this.postman = postman;
  }

  ConversationDesk desk() {
    return desk;
  }

  /// Backwards along a message's way, so that nothing comes in before everything behind it stands.
  void start() {
    desk.base().shelves().queue().addListener(lanes::stopCancelled);
    postman.start();
    lanes.start();
    desk.channels().all().forEach(channel -> channel.start(desk.mailbox()));
  }

  /// How the channels stand.
  List<CheckResult> checks() {
    return desk.channels().all().stream().map(Channel::check).toList();
  }

  /// Whether a message or an answer on its way names a blob.
  boolean mentions(String blob) {
    return desk.outbox().mentions(blob) || desk.mailbox().mentions(blob);
  }

  /// What is under way gets a moment; the channels go last, because parcels go through them.
  @Override
  public void close() {
    lanes.close();
    postman.close();
    desk.channels().all().forEach(Channel::close);
  }
}
