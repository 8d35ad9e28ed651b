package dev.sandpiper.edge.config;

import dev.sandpiper.contract.Limits;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The whole configuration.
///
/// @param file the file it came from; empty: defaults only
/// @param home folder for everything the agent keeps, absolute
/// @param timeZone of reminders, and of times people are shown
/// @param telegram empty: not switched on
/// @param effective every key with the value in force, for the log and `config show`
public record AgentConfig(
    Optional<Path> file,
    Path home,
    ZoneId timeZone,
    PeopleConfig people,
    ChatConfig chat,
    DiscordConfig discord,
    Optional<TelegramConfig> telegram,
    HttpConfig http,
    IntakeConfig intake,
    Limits limits,
    QueueConfig queue,
    LocalBurstConfig burstLocal,
    AwsBurstConfig burstAws,
    AskConfig ask,
    StoreConfig store,
    LlmConfig llm,
    List<BudgetConfig> budgets,
    BrakesConfig brakes,
    LetterConfig letter,
    WebConfig web,
    List<WebhookConfig> webhooks,
    List<ScheduleConfig> schedules,
    List<EffectiveValue> effective) {

  public AgentConfig {
    budgets = List.copyOf(budgets);
    webhooks = List.copyOf(webhooks);
    schedules = List.copyOf(schedules);
    effective = List.copyOf(effective);
  }

  static AgentConfig from(Optional<Path> file, Values values, List<SectionValues> sections) {
    List<EffectiveValue> effective = new ArrayList<>(values.effective(""));
    sections.forEach(section -> effective.addAll(section.effective()));
    return new AgentConfig(
        file,
        values.path(ConfigKey.AGENT_HOME),
        PeopleConfig.zone(values),
        PeopleConfig.from(values),
        ChatConfig.from(values),
        DiscordConfig.from(values),
        TelegramConfig.from(values),
        HttpConfig.from(values),
        IntakeConfig.from(values),
        limits(values),
        QueueConfig.from(values),
        LocalBurstConfig.from(values),
        AwsBurstConfig.from(values),
        AskConfig.from(values),
        StoreConfig.from(values),
        LlmConfig.from(values, sections),
        BudgetConfig.from(sections),
        BrakesConfig.from(values),
        LetterConfig.from(values),
        WebConfig.from(values),
        WebhookConfig.from(sections),
        ScheduleConfig.from(sections),
        effective);
  }

  private static Limits limits(Values values) {
    return new Limits(
        values.size(ConfigKey.LIMITS_DOCUMENT),
        values.integer(ConfigKey.LIMITS_PAGES),
        values.size(ConfigKey.LIMITS_DECOMPRESSED),
        values.integer(ConfigKey.LIMITS_NESTING),
        values.integer(ConfigKey.LIMITS_CELLS),
        values.integer(ConfigKey.LIMITS_CHARACTERS),
        values.duration(ConfigKey.LIMITS_WALL).toMillis());
  }
}
