package dev.sandpiper.edge;

import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.chat.Channels;
import dev.sandpiper.edge.chat.ChatOptions;
import dev.sandpiper.edge.chat.ChatView;
import dev.sandpiper.edge.chat.Clockwork;
import dev.sandpiper.edge.chat.DocumentControl;
import dev.sandpiper.edge.chat.Followers;
import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Outbox;
import dev.sandpiper.edge.chat.Postman;
import dev.sandpiper.edge.chat.Sessions;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ChatConfig;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.Guard;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Talker;
import dev.sandpiper.edge.work.WorkLoop;
import dev.sandpiper.edge.work.answer.AnswerWork;
import dev.sandpiper.edge.work.letter.LetterWork;
import dev.sandpiper.edge.work.letter.Letters;
import dev.sandpiper.edge.work.remind.Digest;
import dev.sandpiper.edge.work.remind.RemindWork;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the conversation.
final class ConversationWiring {
  private final AgentConfig config;
  private final ConversationSource source;
  private final Clockwork clockwork;

  ConversationWiring(AgentConfig config, ConversationSource source, Clockwork clockwork) {
    this.config = config;
    this.source = source;
    this.clockwork = clockwork;
  }

  /// The conversation, not started; empty when no channel is switched on.
  Optional<Conversation> conversation(Wiring.Shelves shelves, Intake intake, Journal journal) {
    ConversationDesk.Base base =
        new ConversationDesk.Base(
            config, shelves, intake, door(shelves), new Messages(), clockwork, journal);
    List<Channel> switchedOn = source.channels(base);
    if (switchedOn.isEmpty()) {
      return Optional.empty();
    }
    ChatOptions options = options();
    ConversationDesk desk = desk(base, new Channels(switchedOn), options);
    shelves.ledger().tell(new MoneyBell(new OwnerMail(desk), base.door().people()));
    source.page().ifPresent(page -> desk.view().watchForgets(page::forgotten));
    Map<String, Command> commands =
        source.commands(desk).stream()
            .collect(Collectors.toMap(Command::name, Function.identity()));
    Talker talker = new Talker(commands, source.asker(desk), base.messages());
    WorkLoop lanes =
        new WorkLoop(
            shelves.database(),
            shelves.queue(),
            List.of(answers(desk, talker), reminders(desk), letters(desk)),
            new WorkLoop.Lanes(Lane.TALK, options.lanes(), Turnstile.OPEN),
            journal);
    Postman postman =
        new Postman(
            new Postman.Parts(desk.outbox(), desk.channels(), shelves.blobs()),
            options,
            clockwork,
            journal);
    new ScheduleWiring(shelves.database(), desk.schedules(), clockwork.clock(), journal)
        .begin(config, base.door().people());
    return Optional.of(new Conversation(desk, lanes, postman, source));
  }

  private ChatOptions options() {
    ChatConfig chat = config.chat();
    ChatOptions defaults = ChatOptions.defaults();
    return defaults
        .taking(chat.lanes(), chat.maxWaiting(), chat.maxText())
        .keeping(chat.keep(), chat.history())
        .sending(defaults.send().withMaxAge(chat.keepTrying()));
  }

  private ConversationDesk desk(
      ConversationDesk.Base base, Channels channels, ChatOptions options) {
    Wiring.Shelves shelves = base.shelves();
    Outbox outbox = new Outbox(shelves.database(), channels, options, clockwork.clock());
    Mailbox mailbox =
        new Mailbox(
            new Mailbox.Parts(
                shelves.database(),
                shelves.queue(),
                base.door().guard(),
                base.door().people(),
                outbox,
                shelves.events(),
                base.messages()),
            documents(shelves),
            options,
            clockwork.clock());
    Followers followers = new Followers(mailbox, outbox, Set.of(Intake.PARSE, Intake.PART));
    shelves.queue().watch(followers.watch());
    Schedules schedules = new Schedules(shelves.database(), shelves.queue(), clockwork.clock());
    outbox.watchMoves(schedules::moved);
    Sessions sessions = new Sessions(shelves.database(), outbox, options.history());
    return new ConversationDesk(
        base,
        channels,
        outbox,
        mailbox,
        sessions,
        followers,
        schedules,
        new ChatView(shelves.database(), mailbox, outbox, sessions));
  }

  private static AnswerWork answers(ConversationDesk desk, Talker talker) {
    ConversationDesk.Base base = desk.base();
    return new AnswerWork(
        new AnswerWork.Parts(
            new AnswerWork.Shelves(
                base.shelves().database(),
                base.shelves().queue(),
                base.shelves().library(),
                base.intake()),
            new AnswerWork.Chat(
                desk.mailbox(), desk.outbox(), desk.sessions(), desk.followers(), desk.channels()),
            talker,
            base.door().people(),
            base.messages(),
            desk.schedules()),
        base.journal());
  }

  private LetterWork letters(ConversationDesk desk) {
    Wiring.Shelves shelves = desk.base().shelves();
    Letters letters =
        new Letters(config.letter(), config.timeZone(), shelves.queue(), clockwork.clock());
    shelves
        .database()
        .<@Nullable Void>write(tx -> {
          letters.plan(tx);
          return null;
        });
    shelves.ledger().awaitSpending(letters::plan);
    return new LetterWork(
        new LetterWork.Parts(
            shelves.database(),
            shelves.queue(),
            letters,
            shelves.ledger(),
            desk.base().door().people(),
            desk.mailbox(),
            desk.outbox(),
            address -> desk.channels().find(address.channel()).isPresent()),
        desk.base().messages(),
        config.timeZone());
  }

  private static RemindWork reminders(ConversationDesk desk) {
    ConversationDesk.Base base = desk.base();
    return new RemindWork(
        new RemindWork.Parts(
            base.shelves().database(),
            base.shelves().queue(),
            desk.schedules(),
            base.door().people(),
            desk.mailbox(),
            desk.outbox(),
            new Digest(base.shelves().library(), desk.mailbox(), desk.schedules())),
        base.messages(),
        base.clockwork().clock());
  }

  private ConversationDesk.Door door(Wiring.Shelves shelves) {
    People people = new People(shelves.database(), clockwork.clock());
    Map<Account, Role> allowlist = allowlist();
    shelves
        .database()
        .<@Nullable Void>write(tx -> {
          people.list(tx, allowlist, config.people().language());
          return null;
        });
    Pairing pairing = new Pairing(people, clockwork.clock(), new SecureRandom());
    Guard guard =
        new Guard(
            shelves.database(),
            people,
            pairing,
            new Guard.Options(config.people().perMinute(), config.people().language()),
            clockwork.clock());
    return new ConversationDesk.Door(people, pairing, guard);
  }

  /// Whom the configuration lists; the highest role counts.
  private Map<Account, Role> allowlist() {
    Map<Account, Role> listed = new HashMap<>();
    for (Map.Entry<Role, List<String>> role :
        Map.of(
                Role.OWNER, config.people().owners(),
                Role.MEMBER, config.people().members(),
                Role.GUEST, config.people().guests())
            .entrySet()) {
      for (String account : role.getValue()) {
        Account.find(account)
            .ifPresent(found -> listed.merge(found, role.getKey(), (a, b) -> a.atLeast(b) ? a : b));
      }
    }
    return listed;
  }

  private static DocumentControl documents(Wiring.Shelves shelves) {
    JobControl control = new JobControl(shelves.database(), shelves.library(), shelves.queue());
    return new DocumentControl() {
      @Override
      public boolean cancel(Tx tx, String sha256) {
        return control.cancel(tx, sha256);
      }

      @Override
      public boolean retry(Tx tx, String sha256) {
        return control.retry(tx, sha256);
      }
    };
  }
}
