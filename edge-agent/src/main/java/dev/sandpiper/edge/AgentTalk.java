package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.route.ModelRouter;
import dev.sandpiper.edge.llm.route.NoModels;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.command.StatusCommand;
import dev.sandpiper.edge.work.JobWork;
import dev.sandpiper.edge.work.embed.EmbedWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the configuration switches on.
final class AgentTalk implements ConversationSource {

  /// What is around the conversation.
  ///
  /// @param environment where secrets are
  /// @param caller makes the one caller, or answers it again
  /// @param surroundings how the rest of the agent is
  record World(
      Environment environment,
      Supplier<HttpCaller> caller,
      Distribution distribution,
      StatusCommand.Surroundings surroundings) {}

  private final World world;
  private @Nullable WebWiring web;
  private @Nullable ModelWiring modelWiring;
  private @Nullable ModelRouter router;
  private @Nullable Asker librarian;
  private @Nullable EmbedWork embedding;
  private List<Hook> hooks = List.of();

  AgentTalk(World world) {
    this.world = world;
  }

  @Override
  public List<Channel> channels(ConversationDesk.Base base) {
    List<Channel> channels = new ArrayList<>();
    if (base.config().web().enabled()) {
      WebWiring page = new WebWiring(base);
      web = page;
      channels.add(page.channel());
    }
    ChannelWiring others = new ChannelWiring(base, world.environment(), world.caller());
    channels.addAll(others.channels());
    hooks = others.hooks();
    return channels;
  }

  @Override
  public List<Command> commands(ConversationDesk desk) {
    ConversationDesk.Base base = desk.base();
    ModelWiring wiring =
        new ModelWiring(
            base.config(), world.environment(), world.caller(), base.clockwork().clock());
    modelWiring = wiring;
    router =
        wiring
            .findRouter(
                base.shelves().database(),
                base.shelves().ledger(),
                new OwnerNotices(new OwnerMail(desk)),
                base.clockwork().random(),
                base.journal())
            .orElse(null);
    Models models = router == null ? new NoModels() : router;
    Asker asker = LibrarianWiring.librarian(desk, models, wiring.prompts());
    librarian = asker;
    embedding = LibrarianWiring.embedding(base, models);
    return CommandWiring.commands(
        desk,
        new CommandWiring.Outside(
            asker, models, new ModelSpending(base.shelves().database()), world.surroundings()));
  }

  @Override
  public Optional<Asker> asker(ConversationDesk desk) {
    return Optional.ofNullable(librarian);
  }

  @Override
  public List<JobWork> documentWorks() {
    return embedding == null ? List.of() : List.of(embedding);
  }

  /// A model that rests, or a key that is used up, is no reason to call the agent unready.
  @Override
  public List<CheckResult> checks() {
    return router == null ? List.of() : router.list().stream().map(AgentTalk::check).toList();
  }

  private static CheckResult check(Models.ModelInfo model) {
    String name = "model " + model.name();
    return model.state().equals("ready")
        ? CheckResult.ok(name, model.provider() + " " + model.model() + " is ready")
        : CheckResult.warn(
            name,
            model.provider() + " " + model.model() + ": " + model.state(),
            "It is asked again by itself; 'sandpiper models check' asks it now.");
  }

  @Override
  public void start() {
    if (embedding != null) {
      embedding.start(Set.of(Intake.PARSE, Intake.PART));
    }
  }

  @Override
  public Optional<WebWiring> page() {
    return Optional.ofNullable(web);
  }

  @Override
  public List<Hook> hooks() {
    return hooks;
  }

  @Override
  public void close() {
    if (router != null) {
      router.close();
    }
    if (modelWiring != null) {
      modelWiring.close();
    }
  }
}
