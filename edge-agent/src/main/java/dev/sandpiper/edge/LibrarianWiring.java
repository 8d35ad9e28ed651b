package dev.sandpiper.edge;

import dev.sandpiper.edge.ask.Acting;
import dev.sandpiper.edge.ask.Librarian;
import dev.sandpiper.edge.ask.Parts;
import dev.sandpiper.edge.library.Vectors;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.command.Desk;
import dev.sandpiper.edge.talk.command.Plans;
import dev.sandpiper.edge.work.embed.EmbedWork;
import java.security.SecureRandom;

/// Makes the librarian, and the work that gives passages their vectors.
final class LibrarianWiring {

  private LibrarianWiring() {}

  static Librarian librarian(ConversationDesk desk, Models models, Prompts prompts) {
    ConversationDesk.Base base = desk.base();
    Wiring.Shelves shelves = base.shelves();
    Desk commands =
        new Desk(
            base.messages(),
            shelves.library(),
            shelves.blobs(),
            base.clockwork().clock(),
            base.config().timeZone());
    desk.outbox().watchMoves(Librarian::moved);
    desk.view().watchForgets(Librarian::forgotten);
    return new Librarian(
        new Parts(
            shelves.database(),
            shelves.queue().view(),
            models,
            person -> base.door().people().findModel(person.id()).orElse(null),
            prompts,
            base.messages(),
            address -> desk.sessions().load(address),
            acting(new Plans(commands, desk.schedules())),
            base.config().ask(),
            base.clockwork().clock(),
            base.config().timeZone(),
            new SecureRandom(),
            shelves.ledger()::looped));
  }

  /// To be given to the lanes for documents, and started with the kinds of their jobs.
  static EmbedWork embedding(ConversationDesk.Base base, Models models) {
    Wiring.Shelves shelves = base.shelves();
    return new EmbedWork(
        shelves.database(),
        shelves.queue(),
        new Vectors(shelves.database(), base.config().ask().maxVectors()),
        models,
        base.journal());
  }

  private static Acting acting(Plans plans) {
    return new Acting() {
      @Override
      public Plan remind(Spoken spoken, String text, String when) {
        return plan(plans.plan(spoken, when, false, text));
      }

      @Override
      public Plan schedule(Spoken spoken, String text, String every) {
        return plan(plans.plan(spoken, every, true, text));
      }

      private static Plan plan(Plans.Planned planned) {
        return planned.done()
            ? new Plan.Ready(planned.told(), planned.effects())
            : new Plan.Not(planned.told());
      }
    };
  }
}
