package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import java.util.List;

/// All commands, in the order in which help lists them.
public final class CommandSet {
  /// Their names, in that order: what a channel with a list of commands shows.
  public static final List<String> NAMES =
      List.of(
          "help",
          "ask",
          "find",
          "doc",
          "forget",
          "export",
          "remind",
          "schedule",
          "jobs",
          "retry",
          "cancel",
          "model",
          "cost",
          "status",
          "language",
          "pair");

  private final List<Command> all;

  /// What they work with.
  public record Parts(Desk desk, Household household, Work work, Thought thought, Money money) {}

  /// People.
  public record Household(People people, Pairing pairing) {}

  /// What is done and planned.
  ///
  /// @param surroundings what `/status` cannot see itself
  public record Work(
      JobControl control,
      Schedules schedules,
      Conversations conversations,
      StatusCommand.Surroundings surroundings) {}

  /// Who thinks.
  public record Thought(Asker asker, Models models) {}

  /// What is spent.
  ///
  /// @param pauses what may be let go on
  public record Money(Spending spending, Ledger ledger, Pauses pauses) {}

  public CommandSet(Parts parts) {
    Desk desk = parts.desk();
    People people = parts.household().people();
    Work work = parts.work();
    JobBook book = new JobBook(desk, work.control());
    Asker asker = parts.thought().asker();
    Models models = parts.thought().models();
    Money money = parts.money();
    all =
        List.of(
            new HelpCommand(desk, this::all, true),
            new HelpCommand(desk, this::all, false),
            new AskCommand(desk, asker),
            new FindCommand(desk),
            new DocCommand(desk, asker),
            new ForgetCommand(desk, work.conversations()),
            new ExportCommand(desk),
            new PlanCommand(desk, work.schedules(), "remind"),
            new PlanCommand(desk, work.schedules(), "schedule"),
            new JobsCommand(desk, book),
            new RetryCommand(desk, book, false),
            new RetryCommand(desk, book, true),
            new ModelCommand(desk, people, models),
            new CostCommand(desk, people, money.ledger(), money.pauses()),
            new StatusCommand(
                desk,
                new StatusCommand.Sources(
                    work.control().queue(),
                    work.conversations(),
                    models,
                    money.spending(),
                    work.surroundings())),
            new LanguageCommand(desk, people),
            new PairCommand(desk, work.control().database(), parts.household().pairing()));
  }

  /// All of them.
  public List<Command> all() {
    return all;
  }
}
