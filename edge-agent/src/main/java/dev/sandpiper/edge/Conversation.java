package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.chat.Postman;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.http.HttpApi;
import dev.sandpiper.edge.schedule.ClockWatch;
import dev.sandpiper.edge.work.JobWork;
import dev.sandpiper.edge.work.WorkLoop;
import java.util.ArrayList;
import java.util.List;

/// The conversation, running: lanes that answer, the postman that sends, channels that receive.
final class Conversation implements AutoCloseable {
  private final ConversationDesk desk;
  private final WorkLoop lanes;
  private final Postman postman;
  private final ConversationSource source;
  private final ClockWatch watch;

  Conversation(ConversationDesk desk, WorkLoop lanes, Postman postman, ConversationSource source) {
    this.source = source;
    this.watch = new ClockWatch(desk.schedules(), desk.base().journal());
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
    watch.start();
    source.start();
    desk.channels().all().forEach(channel -> channel.start(desk.mailbox()));
  }

  /// Adds its page and its doors to what the HTTP server serves.
  ///
  /// @param token the agent's
  void serve(HttpApi api, Secret token) {
    source
        .page()
        .ifPresent(page ->
            api.withChat(page.parts(), token).withDispatch(page.parts(), new OutboxDoor(desk)));
    if (!source.hooks().isEmpty()) {
      api.withHooks(source.hooks());
    }
  }

  /// Works for the lanes of documents.
  List<JobWork> documentWorks() {
    return source.documentWorks();
  }

  /// How the channels and the models stand.
  List<CheckResult> checks() {
    List<CheckResult> checks = new ArrayList<>();
    desk.channels().all().forEach(channel -> checks.add(channel.check()));
    checks.addAll(source.checks());
    return checks;
  }

  /// Whether a message or an answer on its way names a blob.
  boolean mentions(String blob) {
    return desk.outbox().mentions(blob)
        || desk.mailbox().mentions(blob)
        || source.page().map(page -> page.mentions(blob)).orElse(false);
  }

  /// What is under way gets a moment; the channels go last, because parcels go through them.
  @Override
  public void close() {
    watch.close();
    lanes.close();
    postman.close();
    desk.channels().all().forEach(Channel::close);
    source.close();
  }
}
