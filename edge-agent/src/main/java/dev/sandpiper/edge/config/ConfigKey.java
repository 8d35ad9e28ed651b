package dev.sandpiper.edge.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Every key of the configuration file: the one place where a key, its type, its default and its
/// meaning are written. The documentation, `config show` and `config init` come from here.
// Every ValueType is a record of immutable parts, which the checker cannot see through an
// interface.
@SuppressWarnings("ImmutableEnumChecker")
public enum ConfigKey implements Setting {
  AGENT_HOME(
      "agent.home",
      ValueType.PATH,
      "",
      "Folder for the database, documents and results. Empty: $SANDPIPER_HOME, else systemd's"
          + " $STATE_DIRECTORY, else $XDG_STATE_HOME/sandpiper, else ~/.local/state/sandpiper"),
  AGENT_TIME_ZONE(
      "agent.time_zone",
      ValueType.TEXT,
      "",
      "Time zone of reminders and of the times people are shown, for instance Europe/Berlin. Empty:"
          + " the system's"),

  PEOPLE_OWNERS(
      "people.owners",
      ValueType.TEXT_LIST,
      "[]",
      "Who may do everything, by the number their channel knows them by, as in"
          + " \"telegram:12345678\". Nobody else is let in but who is paired (sandpiper pair)"),
  PEOPLE_MEMBERS(
      "people.members",
      ValueType.TEXT_LIST,
      "[]",
      "Who may use documents, questions and reminders, likewise"),
  PEOPLE_GUESTS(
      "people.guests",
      ValueType.TEXT_LIST,
      "[]",
      "Who may ask about what they sent themselves, likewise"),
  PEOPLE_MESSAGES_PER_MINUTE(
      "people.messages_per_minute",
      ValueType.integer(1, 10_000),
      "60",
      "Most messages taken from one person in a minute; what is beyond is not kept, and they are"
          + " told so"),
  PEOPLE_LANGUAGE(
      "people.language",
      ValueType.TEXT,
      "en",
      "Language spoken with somebody whose channel does not tell theirs, such as de; /language"
          + " changes it"),

  CHAT_LANES(
      "chat.lanes",
      ValueType.integer(1, 64),
      "4",
      "Answers made at once. Documents have lanes of their own and never hold them up"),
  CHAT_MAX_WAITING(
      "chat.max_waiting",
      ValueType.integer(1, 10_000),
      "100",
      "Most messages of one chat that are not answered yet; what is beyond is not kept, and they"
          + " are told so"),
  CHAT_MAX_TEXT(
      "chat.max_text",
      ValueType.integer(100, 1_000_000),
      "32000",
      "Longest message, in characters; a longer text is to be sent as a file"),
  CHAT_HISTORY(
      "chat.history",
      ValueType.integer(0, 1_000),
      "40",
      "Most messages of a chat that a model is shown"),
  CHAT_KEEP(
      "chat.keep",
      ValueType.integer(100, 10_000_000),
      "10000",
      "How many of the newest answered messages, and of the newest sent answers, are kept"),
  CHAT_KEEP_TRYING(
      "chat.keep_trying",
      ValueType.duration("1m", "30d"),
      "3d",
      "How long an answer that cannot be sent is tried before it is parked"),

  DISCORD_TOKEN(
      "discord.token",
      ValueType.SECRET,
      "",
      "Token of a Discord bot: env:NAME, file:/path or credential:name. Empty: no Discord"),
  DISCORD_BASE_URL(
      "discord.base_url",
      ValueType.TEXT,
      "https://discord.com/api/v10",
      "Where Discord's interface is. Anything else is for tests; http:// on this machine only"),

  HTTP_BIND(
      "http.bind",
      ValueType.TEXT,
      "127.0.0.1",
      "Address the HTTP server listens on. Anything but loopback needs an explicit http.token"),
  HTTP_PORT("http.port", ValueType.integer(0, 65_535), "7437", "Port; 0 takes a free one"),
  HTTP_TOKEN(
      "http.token",
      ValueType.SECRET,
      "",
      "Bearer token: env:NAME, file:/path or credential:name. Empty: made at first start and kept"
          + " in <home>/http.token"),
  HTTP_HOSTS(
      "http.hosts",
      ValueType.TEXT_LIST,
      "[]",
      "Host names, beside localhost and loopback addresses, that a request's Host header may name"),
  HTTP_MAX_CONNECTIONS(
      "http.max_connections", ValueType.integer(1, 10_000), "64", "Most open connections"),
  HTTP_MAX_UPLOADS(
      "http.max_uploads", ValueType.integer(1, 1_000), "8", "Most uploads received at once"),
  HTTP_MAX_LOOKUPS(
      "http.max_lookups", ValueType.integer(1, 1_000), "16", "Most other requests served at once"),
  HTTP_MAX_SUBSCRIBERS(
      "http.max_subscribers", ValueType.integer(0, 1_000), "16", "Most listeners to events"),
  HTTP_MAX_HOOKS(
      "http.max_hooks", ValueType.integer(1, 100), "4", "Most calls of hooks served at once"),
  HTTP_MAX_REQUEST_LINE(
      "http.max_request_line", ValueType.size("1KB", "64KB"), "8KB", "Longest request line"),
  HTTP_MAX_HEADER(
      "http.max_header", ValueType.size("1KB", "256KB"), "16KB", "Largest header of a request"),
  HTTP_HEADER_TIMEOUT(
      "http.header_timeout",
      ValueType.duration("100ms", "5m"),
      "10s",
      "Longest time a client may take to send a request's header"),
  HTTP_IDLE_TIMEOUT(
      "http.idle_timeout",
      ValueType.duration("100ms", "1h"),
      "60s",
      "How long a connection is kept between two requests"),
  HTTP_STALL_TIMEOUT(
      "http.stall_timeout",
      ValueType.duration("100ms", "10m"),
      "20s",
      "Longest time a body may keep below http.min_rate before the connection is closed"),
  HTTP_MIN_RATE(
      "http.min_rate",
      ValueType.size("1B", "1GB"),
      "1KB",
      "Slowest accepted body, in bytes per second, either way"),

  INTAKE_FOLDERS(
      "intake.folders",
      ValueType.PATH_LIST,
      "[]",
      "Watched folders. A parsed file is moved to done/ inside it, a failed one to failed/"),
  INTAKE_STABLE(
      "intake.stable",
      ValueType.duration("50ms", "1h"),
      "2s",
      "A file is taken when its size and time have not changed for this long"),
  INTAKE_MAX_DEPTH(
      "intake.max_depth",
      ValueType.integer(1, 64),
      "8",
      "How deep folders inside a watched folder are followed"),
  INTAKE_MAX_PENDING(
      "intake.max_pending",
      ValueType.integer(1, 100_000),
      "1000",
      "Most files of one watched folder that are in work at once; the others wait in the folder"),

  LIMITS_DOCUMENT(
      "limits.document", ValueType.size("1B", "1TB"), "512MB", "Largest document accepted"),
  LIMITS_PAGES(
      "limits.pages", ValueType.integer(1, 1_000_000), "10000", "Most pages, slides or sheets"),
  LIMITS_DECOMPRESSED(
      "limits.decompressed",
      ValueType.size("1B", "1TB"),
      "2GB",
      "Most bytes that one document's containers may expand to"),
  LIMITS_NESTING(
      "limits.nesting",
      ValueType.integer(1, 100),
      "8",
      "Deepest nesting of documents in documents and of blocks in blocks"),
  LIMITS_CELLS("limits.cells", ValueType.integer(1, 1_000_000_000), "2000000", "Most table cells"),
  LIMITS_CHARACTERS(
      "limits.characters",
      ValueType.integer(1, 1_000_000_000),
      "50000000",
      "Most characters of extracted text"),
  LIMITS_WALL(
      "limits.wall",
      ValueType.duration("100ms", "15m"),
      "2m",
      "Longest time for one parsing task; a worker that takes longer is killed"),

  QUEUE_MAX_ATTEMPTS(
      "queue.max_attempts",
      ValueType.integer(1, 100),
      "8",
      "Attempts after which a job is parked with its reason"),
  QUEUE_DEPTH(
      "queue.depth",
      ValueType.integer(1, 100_000_000),
      "100000",
      "Most open jobs; more documents are refused until some are done"),
  QUEUE_BACKOFF_BASE(
      "queue.backoff_base",
      ValueType.duration("10ms", "1h"),
      "2s",
      "Longest wait before the second attempt; it doubles with every attempt"),
  QUEUE_BACKOFF_CAP(
      "queue.backoff_cap",
      ValueType.duration("10ms", "7d"),
      "15m",
      "Longest wait between two attempts"),
  QUEUE_KEEP_ENDED(
      "queue.keep_ended",
      ValueType.integer(1, 10_000_000),
      "10000",
      "How many of the newest finished jobs are kept for looking at"),

  BRAKES_ENABLED(
      "brakes.enabled",
      ValueType.BOOLEAN,
      "true",
      "Whether a workflow that seems to have run away is paused, and the owners told"),
  BRAKES_FACTOR(
      "brakes.factor",
      ValueType.integer(2, 10_000),
      "10",
      "An hour this many times as dear or as busy as its usual one, of the week before, is too"
          + " much for a workflow"),
  BRAKES_DOLLARS(
      "brakes.dollars_per_hour",
      ValueType.decimal("0", "1000000"),
      "2.00",
      "Dollars of one workflow within an hour that are never too much, so that a first day is not"
          + " an alarm"),
  BRAKES_PURCHASES(
      "brakes.purchases_per_hour",
      ValueType.integer(1, 10_000_000),
      "2000",
      "Purchases of one workflow within an hour that are never too many"),
  BRAKES_SCHEDULE_PURCHASES(
      "brakes.schedule_purchases_per_hour",
      ValueType.integer(1, 10_000_000),
      "240",
      "Most purchases of one schedule within an hour: one that feeds itself makes more"),
  BRAKES_REPEATS(
      "brakes.repeats",
      ValueType.integer(2, 1_000_000),
      "30",
      "How often one workflow may ask the same for the same person within brakes.repeat_window"),
  BRAKES_REPEAT_WINDOW(
      "brakes.repeat_window",
      ValueType.duration("1m", "7d"),
      "1h",
      "How long the same question is remembered for that"),

  BURST_LOCAL_WORKERS(
      "burst.local.workers",
      ValueType.autoOr(ValueType.integer(1, 256)),
      "auto",
      "Worker processes; auto: from cores and memory"),
  BURST_LOCAL_HEAP(
      "burst.local.heap", ValueType.size("32MB", "64GB"), "256MB", "Largest heap of one worker"),
  BURST_LOCAL_IDLE(
      "burst.local.idle",
      ValueType.duration("1s", "1d"),
      "60s",
      "A worker without work is stopped after this long"),
  BURST_LOCAL_SANDBOX(
      "burst.local.sandbox",
      ValueType.choice("auto", "bwrap", "unshare", "none"),
      "auto",
      "How workers are shut off from network and files; auto takes the best there is"),
  BURST_LOCAL_AOT(
      "burst.local.aot",
      ValueType.BOOLEAN,
      "true",
      "Build a start-up cache for workers on first use"),

  BURST_AWS_MODE(
      "burst.aws.mode",
      ValueType.choice("off", "overflow", "first"),
      "off",
      "Bursts to AWS. overflow: local workers first, the cloud takes what they have no room for;"
          + " first: the cloud is given what it can take, local workers do the rest, and everything"
          + " when it cannot be reached"),
  BURST_AWS_REGION(
      "burst.aws.region", ValueType.TEXT, "", "Region of the stack, for instance eu-central-1"),
  BURST_AWS_DEVICE(
      "burst.aws.device",
      ValueType.TEXT,
      "edge",
      "This machine's name there: its own prefixes and its own queue of results"),
  BURST_AWS_IN_BUCKET("burst.aws.in_bucket", ValueType.TEXT, "", "Bucket for documents"),
  BURST_AWS_OUT_BUCKET("burst.aws.out_bucket", ValueType.TEXT, "", "Bucket for results"),
  BURST_AWS_JOBS_QUEUE(
      "burst.aws.jobs_queue", ValueType.TEXT, "", "URL of the queue the functions read"),
  BURST_AWS_RESULTS_QUEUE(
      "burst.aws.results_queue", ValueType.TEXT, "", "URL of this device's queue of results"),
  BURST_AWS_FUNCTION(
      "burst.aws.function",
      ValueType.TEXT,
      "",
      "ARN of the function for single documents; empty: they go through the queue, too"),
  BURST_AWS_ENDPOINT(
      "burst.aws.endpoint",
      ValueType.TEXT,
      "",
      "Base URL that stands for every AWS service; empty: AWS itself. No environment variable"
          + " changes it"),
  BURST_AWS_CONCURRENCY(
      "burst.aws.concurrency",
      ValueType.integer(1, 1_000),
      "64",
      "Most documents in the cloud at once"),
  BURST_AWS_DIRECT_LIMIT(
      "burst.aws.direct_limit",
      ValueType.size("0B", "4MB"),
      "4MB",
      "Largest document that travels inside an invocation; larger ones go through S3"),
  BURST_AWS_DEADLINE(
      "burst.aws.deadline",
      ValueType.duration("1s", "12h"),
      "15m",
      "A task without a result for this long is given up and tried again"),
  BURST_AWS_IDLE(
      "burst.aws.idle",
      ValueType.duration("1s", "1h"),
      "30s",
      "The process that talks to AWS ends after this long without work"),
  BURST_AWS_CREDENTIALS(
      "burst.aws.credentials",
      ValueType.choice("default", "profile", "roles-anywhere", "iot"),
      "default",
      "How this machine shows AWS who it is. default: what the AWS SDK finds by itself"),
  BURST_AWS_PROFILE(
      "burst.aws.profile", ValueType.TEXT, "", "Profile of the AWS configuration file"),
  BURST_AWS_CERTIFICATE(
      "burst.aws.certificate",
      ValueType.PATH,
      "",
      "This machine's certificate, PEM; sandpiper cloud enroll makes the key and the request"),
  BURST_AWS_PRIVATE_KEY(
      "burst.aws.private_key",
      ValueType.PATH,
      "",
      "Private key of the certificate, PEM (PKCS #8), readable by the agent only"),
  BURST_AWS_CHAIN(
      "burst.aws.chain", ValueType.PATH, "", "Intermediate certificates, PEM; empty: none"),
  BURST_AWS_TRUST_ANCHOR(
      "burst.aws.trust_anchor", ValueType.TEXT, "", "ARN of the Roles Anywhere trust anchor"),
  BURST_AWS_PROFILE_ARN(
      "burst.aws.profile_arn", ValueType.TEXT, "", "ARN of the Roles Anywhere profile"),
  BURST_AWS_ROLE_ARN("burst.aws.role_arn", ValueType.TEXT, "", "ARN of this device's role"),
  BURST_AWS_IOT_ENDPOINT(
      "burst.aws.iot_endpoint",
      ValueType.TEXT,
      "",
      "Host name of the account's IoT credential endpoint"),
  BURST_AWS_IOT_ROLE_ALIAS(
      "burst.aws.iot_role_alias", ValueType.TEXT, "", "IoT role alias of this device's role"),
  BURST_AWS_IOT_THING("burst.aws.iot_thing", ValueType.TEXT, "", "Name of the IoT thing"),

  ASK_TOOLS(
      "ask.tools",
      ValueType.choice("off", "read", "act"),
      "read",
      "What a model may use while it answers. read: search, open a document, list jobs. act: also"
          + " set reminders and schedules, with the person's own words only. off: nothing, for"
          + " models that know no tools"),
  ASK_PASSAGES(
      "ask.passages",
      ValueType.integer(1, 40),
      "8",
      "Most passages of documents that a question is answered from at first"),
  ASK_PROMPT_TOKENS(
      "ask.prompt_tokens",
      ValueType.integer(500, 1_000_000),
      "8000",
      "Most tokens sent to a model with one question; less when the model takes less"),
  ASK_ANSWER_TOKENS(
      "ask.answer_tokens",
      ValueType.integer(50, 32_000),
      "800",
      "Longest answer of a model, in tokens"),
  ASK_MAX_CALLS(
      "ask.max_calls",
      ValueType.integer(1, 20),
      "4",
      "Most calls of a model for one question; each use of tools is one"),
  ASK_SUMMARY_CALLS(
      "ask.summary_calls",
      ValueType.integer(1, 200),
      "8",
      "Most calls of a model for the summary of one document; a longer one is summarised in part"),
  ASK_SUMMARY_TOKENS(
      "ask.summary_tokens",
      ValueType.integer(500, 10_000_000),
      "60000",
      "Most tokens sent to a model for the summary of one document"),
  ASK_MAX_VECTORS(
      "ask.max_vectors",
      ValueType.integer(0, 5_000_000),
      "100000",
      "Most passages that are kept with a vector, those of the newest documents, when an embedding"
          + " model is configured; a question reads all of them. 0: none"),

  LLM_DEFAULT(
      "llm.default",
      ValueType.TEXT,
      "",
      "Name of the model to use, one of [models.NAME]; empty: the first there is"),
  LLM_ASK("llm.ask", ValueType.TEXT, "", "The model for questions; empty: llm.default"),
  LLM_SUMMARY("llm.summary", ValueType.TEXT, "", "The model for summaries; empty: llm.default"),
  LLM_EMBEDDING(
      "llm.embedding",
      ValueType.TEXT,
      "",
      "The model that makes vectors, for searching by meaning; empty: search is by words only"),
  LLM_FALLBACK(
      "llm.fallback",
      ValueType.TEXT_LIST,
      "[]",
      "Models that stand in, in this order, for one that cannot be used"),
  LLM_COMPARE(
      "llm.compare",
      ValueType.TEXT,
      "",
      "A second model that answers some questions unseen, so that 'sandpiper models compare' can"
          + " set both side by side; empty: none"),
  LLM_COMPARE_PROMPT(
      "llm.compare_prompt",
      ValueType.TEXT,
      "",
      "A second version of a prompt, such as ask/1, that answers some questions unseen, by"
          + " llm.compare or else by the same model; empty: none"),
  LLM_COMPARE_SHARE(
      "llm.compare_share",
      ValueType.decimal("0", "1"),
      "0.1",
      "Share of questions that are compared; each costs a second answer"),
  LLM_CACHE_ANSWERS(
      "llm.cache_answers",
      ValueType.integer(0, 1_000_000),
      "1000",
      "Most answers kept to answer the same question again without a model, when it asks at"
          + " temperature 0 and without tools; 0: none"),
  LLM_CACHE_SIZE(
      "llm.cache_size", ValueType.size("0B", "1GB"), "16MB", "Most room for kept answers"),
  LLM_KEEP_CALLS(
      "llm.keep_calls",
      ValueType.integer(100, 10_000_000),
      "10000",
      "Most calls of models kept one by one; their sums by day are kept for two years"),
  LLM_KEEP_FOR(
      "llm.keep_for",
      ValueType.duration("1h", "3650d"),
      "90d",
      "How long calls of models are kept one by one"),

  LETTER_DAY(
      "letter.day",
      ValueType.choice(
          "off", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
      "monday",
      "Day on which owners are written what the seven days before it cost; off: never"),
  LETTER_HOUR("letter.hour", ValueType.integer(0, 23), "8", "Hour of that day, in agent.time_zone"),
  LETTER_WHEN_NOTHING(
      "letter.when_nothing",
      ValueType.BOOLEAN,
      "false",
      "Whether the letter comes when nothing was spent, too, as one line"),

  WEB_ENABLED("web.enabled", ValueType.BOOLEAN, "true", "Serve the chat page"),
  WEB_SESSION(
      "web.session",
      ValueType.duration("10m", "365d"),
      "30d",
      "A browser that was not used for this long must log in again"),
  TELEGRAM_TOKEN(
      "telegram.token",
      ValueType.SECRET,
      "",
      "The bot's token, from BotFather: env:NAME, file:/path or credential:name. Empty: no Telegram"),
  TELEGRAM_MODE(
      "telegram.mode",
      ValueType.choice("poll", "webhook"),
      "poll",
      "poll: the agent asks Telegram for messages, nothing has to reach it. webhook: Telegram"
          + " brings them to telegram.webhook_url"),
  TELEGRAM_BASE_URL(
      "telegram.base_url",
      ValueType.TEXT,
      "https://api.telegram.org",
      "The Bot API server; an own one lifts the limit of 20 MB for documents that come in"),
  TELEGRAM_WEBHOOK_URL(
      "telegram.webhook_url",
      ValueType.TEXT,
      "",
      "Public https address that reaches POST /hooks/telegram of this agent"),
  TELEGRAM_WEBHOOK_SECRET(
      "telegram.webhook_secret",
      ValueType.SECRET,
      "",
      "What Telegram proves itself with there, 1 to 256 letters, digits, _ and -. Empty: made once"
          + " and kept"),

  STORE_DISK_RESERVE(
      "store.disk_reserve",
      ValueType.size("0B", "1TB"),
      "256MB",
      "Free disk space below which no document is accepted");

  private static final List<ConfigKey> ALL = List.of(values());

  private final String key;
  private final ValueType type;
  private final String fallback;
  private final String meaning;

  ConfigKey(String key, ValueType type, String fallback, String meaning) {
    this.key = key;
    this.type = type;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /// The dotted name in the file.
  @Override
  public String key() {
    return key;
  }

  /// What values it takes.
  @Override
  public ValueType type() {
    return type;
  }

  /// The default, as it would be written in the file without quotes; empty when it is computed.
  @Override
  public String fallback() {
    return fallback;
  }

  /// One sentence or two for people.
  @Override
  public String meaning() {
    return meaning;
  }

  /// All keys in the order of the documentation.
  public static List<ConfigKey> all() {
    return ALL;
  }

  static Optional<ConfigKey> find(String key) {
    return Arrays.stream(values()).filter(candidate -> candidate.key.equals(key)).findFirst();
  }
}
