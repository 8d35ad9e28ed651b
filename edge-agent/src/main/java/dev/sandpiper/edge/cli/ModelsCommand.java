package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.LlmConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.llm.route.ModelReport;
import dev.sandpiper.edge.price.PriceBook;
import dev.sandpiper.edge.view.Views;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `sandpiper models`.
@Command(
    name = "models",
    description = "Show and check the language models.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper models            what is configured, and how it stands",
      "  sandpiper models check      ask each a tiny question; costs a few tokens",
      "  sandpiper models compare    what llm.compare has found so far",
      "  sandpiper models history    since when which model and prompt answer",
      "",
      "Exit codes: 0 done, 1 a model does not answer, 2 wrong usage,",
      "5 configuration wrong."
    })
final class ModelsCommand implements Callable<Integer> {

  private static final int MOST_CHANGES = 200;
  private static final double SECOND = 1_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  /// What is done.
  enum Action {
    LIST,
    CHECK,
    COMPARE,
    HISTORY
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list (default), check, compare or history.")
  private Action action = Action.LIST;

  ModelsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = session.config(common);
    if (config.llm().models().isEmpty()) {
      throw new CliException(
          CliException.NOT_FOUND,
          "no model is configured; add [providers.NAME] and [models.NAME], 'sandpiper config init'"
              + " shows how");
    }
    return switch (action) {
      case LIST -> list(config);
      case CHECK -> check(config);
      case COMPARE -> compare(config);
      case HISTORY -> history(config);
    };
  }

  private int list(AgentConfig config) {
    List<String> states = new ArrayList<>();
    ModelReport.Hits hits = new ModelReport.Hits(0, 0);
    try (Workshop.ReadingRoom room = room(config).orElse(null)) {
      for (ModelConfig model : config.llm().models()) {
        states.add(room == null ? "ready" : state(config.llm(), model, room));
      }
      hits = room == null ? hits : new ModelReport(room.database()).hits();
    }
    if (json.wanted()) {
      session.printJson(out -> write(out, config.llm(), states));
      return 0;
    }
    PriceBook prices = PriceBook.open(config.home());
    Table table = new Table("MODEL", "FOR", "PROVIDER", "CONTEXT", "PRICE IN/OUT", "ID", "STATE");
    for (int i = 0; i < states.size(); i++) {
      ModelConfig model = config.llm().models().get(i);
      table.add(
          model.name(),
          String.join(" ", uses(config.llm(), model)),
          model.provider(),
          "%,d".formatted(model.contextTokens()),
          price(prices, config.llm(), model),
          model.model(),
          states.get(i));
    }
    table.print(session.console());
    if (hits.cached() > 0) {
      session
          .console()
          .out()
          .println(
              "%n%,d of %,d answers (%d %%) came from the cache"
                  .formatted(hits.cached(), hits.answered(), hits.percent()));
    }
    return 0;
  }

  /// Empty while there has not been an agent.
  private Optional<Workshop.ReadingRoom> room(AgentConfig config) {
    return session.workshop().hasState(config)
        ? Optional.of(session.workshop().openReader(config))
        : Optional.empty();
  }

  private String state(LlmConfig llm, ModelConfig model, Workshop.ReadingRoom room) {
    ProviderConfig provider = llm.findProvider(model.provider()).orElseThrow();
    return new ModelReport(room.database())
        .state(
            provider,
            model,
            place -> place.resolve(session.environment(common.home())),
            session.workshop().clock().instant());
  }

  private static List<String> uses(LlmConfig llm, ModelConfig model) {
    List<String> uses = new ArrayList<>();
    Optional<String> name = Optional.of(model.name());
    if (llm.uses().standard().equals(name)) {
      uses.add("default");
    }
    llm.uses().byWorkflow().entrySet().stream()
        .filter(use -> use.getValue().equals(model.name()))
        .forEach(use -> uses.add(use.getKey()));
    if (llm.uses().embedding().equals(name)) {
      uses.add("embedding");
    }
    if (llm.uses().fallback().contains(model.name())) {
      uses.add("fallback");
    }
    if (llm.compare().model().equals(name)) {
      uses.add("compare");
    }
    return uses;
  }

  private static String price(PriceBook prices, LlmConfig llm, ModelConfig model) {
    ModelConfig.Prices known =
        llm.findProvider(model.provider())
            .flatMap(provider -> prices.find(provider, model))
            .map(PriceBook.Found::prices)
            .orElse(model.prices());
    return price(known.input()) + " / " + price(known.output());
  }

  private static String price(@Nullable BigDecimal price) {
    return price == null ? "?" : price.toPlainString();
  }

  private static void write(JsonGenerator out, LlmConfig llm, List<String> states)
      throws IOException {
    out.writeStartArray();
    for (int i = 0; i < states.size(); i++) {
      ModelConfig model = llm.models().get(i);
      out.writeStartObject();
      out.writeStringField("name", model.name());
      out.writeStringField("provider", model.provider());
      out.writeStringField("model", model.model());
      out.writeNumberField("contextTokens", model.contextTokens());
      out.writeStringField("state", states.get(i));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private int check(AgentConfig config) throws InterruptedException {
    List<CheckResult> findings =
        session.workshop().checkModels(config, session.environment(common.home()));
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (CheckResult finding : findings) {
          Views.check(out, finding);
        }
        out.writeEndArray();
      });
    } else {
      findings.forEach(new Findings(session.console())::print);
    }
    return findings.stream().anyMatch(finding -> finding.status() == CheckResult.Status.FAIL)
        ? CliException.SOME_FAILED
        : 0;
  }

  private int compare(AgentConfig config) {
    List<ModelReport.Side> sides;
    try (Workshop.ReadingRoom room = room(config).orElse(null)) {
      sides = room == null ? List.of() : new ModelReport(room.database()).comparison();
    }
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (ModelReport.Side side : sides) {
          write(out, side);
        }
        out.writeEndArray();
      });
      return 0;
    }
    if (sides.isEmpty()) {
      session
          .console()
          .out()
          .println(
              "Nothing has been compared yet"
                  + (config.llm().compare().on()
                      ? ""
                      : "; set llm.compare or llm.compare_prompt to begin"));
      return 0;
    }
    Table table =
        new Table(
            "FOR",
            "SIDE",
            "MODEL",
            "PROMPT",
            "ANSWERED",
            "FIRST",
            "TOTAL",
            "TOKENS",
            "LETTERS",
            "COST",
            "ID");
    for (ModelReport.Side side : sides) {
      Long first = side.firstMillis();
      table.add(
          side.workflow(),
          side.shadow() ? "hidden" : "shown",
          side.model(),
          side.prompt(),
          side.answered() + "/" + side.questions(),
          first == null ? "-" : "%.1fs".formatted(first / SECOND),
          "%.1fs".formatted(side.totalMillis() / SECOND),
          "%,d".formatted(side.outputTokens()),
          "%,d".formatted(side.characters()),
          cost(side.micros()),
          side.answeredAs());
    }
    table.print(session.console());
    session
        .console()
        .out()
        .println(
            "%nEach two lines are about the same questions. Times and lengths are means."
                .formatted());
    return 0;
  }

  private static String cost(@Nullable Long micros) {
    return micros == null ? "unknown" : "$" + BigDecimal.valueOf(micros, 6).toPlainString();
  }

  private static void write(JsonGenerator out, ModelReport.Side side) throws IOException {
    out.writeStartObject();
    out.writeStringField("workflow", side.workflow());
    out.writeBooleanField("shadow", side.shadow());
    out.writeStringField("model", side.model());
    out.writeStringField("answeredAs", side.answeredAs());
    out.writeStringField("prompt", side.prompt());
    out.writeNumberField("questions", side.questions());
    out.writeNumberField("answered", side.answered());
    number(out, "firstMillis", side.firstMillis());
    out.writeNumberField("totalMillis", side.totalMillis());
    out.writeNumberField("outputTokens", side.outputTokens());
    out.writeNumberField("characters", side.characters());
    number(out, "micros", side.micros());
    out.writeEndObject();
  }

  private static void number(JsonGenerator out, String field, @Nullable Long value)
      throws IOException {
    if (value != null) {
      out.writeNumberField(field, value);
    }
  }

  private int history(AgentConfig config) {
    List<ModelReport.Change> changes;
    try (Workshop.ReadingRoom room = room(config).orElse(null)) {
      changes = room == null ? List.of() : new ModelReport(room.database()).changes(MOST_CHANGES);
    }
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (ModelReport.Change change : changes) {
          out.writeStartObject();
          out.writeStringField("at", change.at().toString());
          out.writeStringField("model", change.model());
          out.writeStringField("answeredAs", change.answeredAs());
          out.writeStringField("prompt", change.prompt());
          out.writeStringField("promptHash", change.promptHash());
          out.writeEndObject();
        }
        out.writeEndArray();
      });
      return 0;
    }
    if (changes.isEmpty()) {
      session.console().out().println("No model has answered yet");
      return 0;
    }
    Table table = new Table("SINCE", "MODEL", "PROMPT", "HASH", "ID");
    for (ModelReport.Change change : changes) {
      table.add(
          TIME.format(change.at()),
          change.model(),
          change.prompt(),
          change.promptHash(),
          change.answeredAs());
    }
    table.print(session.console());
    return 0;
  }
}
