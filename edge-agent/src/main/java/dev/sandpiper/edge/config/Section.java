package dev.sandpiper.edge.config;

import java.util.List;
import java.util.Optional;

/// A kind of section of which a file may hold any number, each under a name the owner chooses:
/// `[models.NAME]`.
// Keys are constants of enums, which the checker cannot see through an interface.
@SuppressWarnings("ImmutableEnumChecker")
enum Section {
  PROVIDERS(
      "providers",
      "groq",
      "Who runs models: any number of these, each under a name of yours.",
      List.of(ProviderKey.values())),
  MODELS(
      "models",
      "everyday",
      "The models to use: any number of these, each under a name of yours, which [llm] then uses.",
      List.of(ModelKey.values())),
  BUDGETS(
      "budgets",
      "total",
      "Bounds for what is spent: any number of these, each under a name of yours. While there is"
          + " one, what has no known price is not bought.",
      List.of(BudgetKey.values())),
  WEBHOOKS(
      "webhooks",
      "home",
      "Other programs to talk with: any number of these, each under a name of yours. What NAME says"
          + " comes to /hooks/NAME, from the account webhook:NAME, which people must list.",
      List.of(WebhookKey.values())),
  SCHEDULES(
      "schedules",
      "morning",
      "What is said, asked or told by the clock: any number of these, each under a name of yours,"
          + " beside what people plan in chats. Read at the start of the agent; what is changed here"
          + " does not bring back the past.",
      List.of(ScheduleKey.values()));

  /// Names are short and plain: they stand in file names, tables and messages.
  static final String NAME_PATTERN = "[a-z][a-z0-9_-]{0,31}";

  /// Most sections of one kind.
  static final int MOST = 64;

  private final String key;
  private final String exampleName;
  private final String meaning;
  private final List<? extends SectionKey> keys;

  Section(String key, String exampleName, String meaning, List<? extends SectionKey> keys) {
    this.key = key;
    this.exampleName = exampleName;
    this.meaning = meaning;
    this.keys = keys;
  }

  /// The first part of its name in the file.
  String key() {
    return key;
  }

  /// The name of the example in the starter file.
  String exampleName() {
    return exampleName;
  }

  /// One sentence for people.
  String meaning() {
    return meaning;
  }

  /// What may stand in it.
  List<? extends SectionKey> keys() {
    return keys;
  }

  /// The dotted name of one of its keys, under a section's name.
  String dotted(String name, SectionKey setting) {
    return key + "." + name + "." + setting.key();
  }

  Optional<? extends SectionKey> findKey(String leaf) {
    return keys.stream().filter(setting -> setting.key().equals(leaf)).findFirst();
  }

  static Optional<Section> find(String key) {
    return List.of(values()).stream().filter(section -> section.key.equals(key)).findFirst();
  }
}
