package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.chat.ChatView;
import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.command.CommandSet;
import dev.sandpiper.edge.talk.command.Conversations;
import dev.sandpiper.edge.talk.command.Desk;
import dev.sandpiper.edge.talk.command.Pauses;
import dev.sandpiper.edge.talk.command.Spending;
import dev.sandpiper.edge.talk.command.StatusCommand;
import java.util.List;

/// Makes the commands.
final class CommandWiring {

  private CommandWiring() {}

  /// What commands need from outside the conversation.
  record Outside(
      Asker asker, Models models, Spending spending, StatusCommand.Surroundings surroundings) {}

  static List<Command> commands(ConversationDesk desk, Outside outside) {
    ConversationDesk.Base base = desk.base();
    Wiring.Shelves shelves = base.shelves();
    return new CommandSet(
            new CommandSet.Parts(
                new Desk(
                    base.messages(),
                    shelves.library(),
                    shelves.blobs(),
                    base.clockwork().clock(),
                    base.config().timeZone()),
                new CommandSet.Household(base.door().people(), base.door().pairing()),
                new CommandSet.Work(
                    new JobControl(shelves.database(), shelves.library(), shelves.queue()),
                    desk.schedules(),
                    conversations(desk.view()),
                    outside.surroundings()),
                new CommandSet.Thought(outside.asker(), outside.models()),
                new CommandSet.Money(
                    outside.spending(), shelves.ledger(), pauses(shelves.ledger()))))
        .all();
  }

  private static Pauses pauses(Ledger ledger) {
    return new Pauses() {
      @Override
      public List<String> workflows() {
        return ledger.pauses().stream().map(Refusal.Paused::workflow).toList();
      }

      @Override
      public void resume(Tx tx, String workflow) {
        boolean _ = ledger.resume(tx, workflow);
      }
    };
  }

  private static Conversations conversations(ChatView view) {
    return new Conversations() {
      @Override
      public void forget(Tx tx, Address address) {
        view.forget(tx, address);
      }

      @Override
      public Traffic traffic() {
        ChatView.Counts counts = view.counts();
        return new Traffic(
            counts.open(),
            counts.parked(),
            counts.toSend(),
            counts.unknown(),
            counts.stuck() + counts.refused());
      }
    };
  }
}
