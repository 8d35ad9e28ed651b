package dev.sandpiper.edge;

import dev.sandpiper.edge.chat.Channels;
import dev.sandpiper.edge.chat.ChatView;
import dev.sandpiper.edge.chat.Clockwork;
import dev.sandpiper.edge.chat.Followers;
import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Outbox;
import dev.sandpiper.edge.chat.Sessions;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.people.Guard;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.talk.Messages;

/// The parts of a conversation's core, for those who make what stands around it.
record ConversationDesk(
    Base base,
    Channels channels,
    Outbox outbox,
    Mailbox mailbox,
    Sessions sessions,
    Followers followers,
    Schedules schedules,
    ChatView view) {

  /// What is there before any channel.
  record Base(
      AgentConfig config,
      Wiring.Shelves shelves,
      Intake intake,
      Door door,
      Messages messages,
      Clockwork clockwork,
      Journal journal) {}

  /// Who is let in.
  record Door(People people, Pairing pairing, Guard guard) {}
}
