package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Limits;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AgentConfigTest {

  private static final String MODELS =
      """
      [providers.home]
      kind = "ollama"
      [models.a]
      provider = "home"
      model = "a"
      [models.b]
      provider = "home"
      model = "b"
      [models.c]
      provider = "home"
      model = "c"
      [models.d]
      provider = "home"
      model = "d"
      """;

  @Test
  void defaultsOfEveryRecord() {
    AgentConfig config = Configs.parse("");
    assertThat(config.file()).isEmpty();
    assertThat(config.home()).isEqualTo(Path.of("/people/ada/.local/state/sandpiper"));
    assertThat(config.timeZone()).isEqualTo(ZoneId.systemDefault());
    assertThat(config.people())
        .isEqualTo(new PeopleConfig(List.of(), List.of(), List.of(), 60, Locale.ENGLISH));
    assertThat(config.chat())
        .isEqualTo(new ChatConfig(4, 100, 32_000, 40, 10_000, Duration.ofDays(3)));
    assertThat(config.http())
        .isEqualTo(
            new HttpConfig(
                "127.0.0.1",
                7437,
                Optional.empty(),
                List.of(),
                new HttpConfig.Limits(
                    64,
                    8,
                    16,
                    16,
                    4,
                    8192,
                    16_384,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(20),
                    1024)));
    assertThat(config.web()).isEqualTo(new WebConfig(true, Duration.ofDays(30)));
    assertThat(config.intake())
        .isEqualTo(new IntakeConfig(List.of(), Duration.ofSeconds(2), 8, 1000, 512L << 20));
    assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(config.queue())
        .isEqualTo(
            new QueueConfig(8, 100_000, Duration.ofSeconds(2), Duration.ofMinutes(15), 10_000));
    assertThat(config.burstLocal())
        .isEqualTo(
            new LocalBurstConfig(
                OptionalInt.empty(),
                256L << 20,
                Duration.ofSeconds(60),
                LocalBurstConfig.Sandbox.AUTO,
                true));
    assertThat(config.burstAws())
        .isEqualTo(
            new AwsBurstConfig(
                AwsBurstConfig.Mode.OFF,
                new AwsBurstConfig.Plant(
                    "", "edge", "", "", "", "", Optional.empty(), Optional.empty()),
                new AwsBurstConfig.Bounds(
                    64, 4 << 20, Duration.ofMinutes(15), Duration.ofSeconds(30)),
                new AwsBurstConfig.Credentials.Default()));
    assertThat(config.ask())
        .isEqualTo(
            new AskConfig(
                AskConfig.Tools.READ,
                8,
                new AskConfig.Bounds(4, 8_000),
                new AskConfig.Bounds(8, 60_000),
                800,
                100_000));
    assertThat(config.store()).isEqualTo(new StoreConfig(256L << 20));
    assertThat(config.brakes())
        .isEqualTo(new BrakesConfig(true, 10, BigDecimal.TWO, 2_000, 240, 30, Duration.ofHours(1)));
    assertThat(config.letter())
        .isEqualTo(new LetterConfig(Optional.of(DayOfWeek.MONDAY), 8, false));
  }

  @Test
  void everyKeyIsMapped() {
    AgentConfig config =
        Configs.parse(
            """
            agent.home = "~/birds"
            agent.time_zone = "Europe/Berlin"
            [people]
            owners = ["telegram:1"]
            members = ["discord:2", "telegram:3"]
            guests = ["telegram:4"]
            messages_per_minute = 22
            language = "de"
            [chat]
            lanes = 23
            max_waiting = 24
            max_text = 250
            history = 26
            keep = 270
            keep_trying = "28h"
            [telegram]
            token = "env:TELEGRAM"
            mode = "webhook"
            base_url = "https://telegram.example"
            webhook_url = "https://pi.example/hooks/telegram"
            webhook_secret = "env:TELEGRAM_SECRET"
            [discord]
            token = "env:DISCORD_TOKEN"
            base_url = "https://discord.example/api/v10"
            [http]
            bind = "::1"
            port = 0
            token = "env:SECRET_TOKEN"
            hosts = ["pi.example", "nas"]
            max_connections = 2
            max_uploads = 3
            max_lookups = 4
            max_subscribers = 5
            max_hooks = 6
            max_request_line = "2KB"
            max_header = "4KB"
            header_timeout = "1s"
            idle_timeout = "2s"
            stall_timeout = "3s"
            min_rate = "7B"
            [web]
            enabled = false
            session = "1d"
            [intake]
            folders = ["/in/a", "~/in b"]
            stable = "500ms"
            max_depth = 2
            max_pending = 9
            [limits]
            document = "1MB"
            pages = 11
            decompressed = "12MB"
            nesting = 3
            cells = 14
            characters = 15
            wall = "16s"
            [queue]
            max_attempts = 2
            depth = 17
            backoff_base = "1s"
            backoff_cap = "1m30s"
            keep_ended = 18
            [brakes]
            enabled = false
            factor = 31
            dollars_per_hour = 3.2
            purchases_per_hour = 33
            schedule_purchases_per_hour = 34
            repeats = 35
            repeat_window = "36m"
            [letter]
            day = "friday"
            hour = 17
            when_nothing = true
            [burst.local]
            workers = 3
            heap = "128MB"
            idle = "5s"
            sandbox = "bwrap"
            aot = false
            [burst.aws]
            mode = "overflow"
            region = "eu-central-1"
            device = "pi-1"
            in_bucket = "in"
            out_bucket = "out"
            jobs_queue = "https://sqs.example/1/jobs"
            results_queue = "https://sqs.example/1/results-pi-1"
            function = "arn:f"
            endpoint = "http://127.0.0.1:4566"
            concurrency = 19
            direct_limit = "1MB"
            deadline = "20m"
            idle = "21s"
            credentials = "roles-anywhere"
            profile = "home"
            certificate = "~/pi.pem"
            private_key = "~/pi.key"
            chain = "/etc/chain.pem"
            trust_anchor = "arn:anchor"
            profile_arn = "arn:profile"
            role_arn = "arn:role"
            iot_endpoint = "c.iot.example"
            iot_role_alias = "pis"
            iot_thing = "pi-1"
            [llm]
            default = "a"
            ask = "b"
            summary = "c"
            embedding = "d"
            fallback = ["c", "a"]
            compare = "c"
            compare_prompt = "ask/1"
            compare_share = 0.25
            cache_answers = 20
            cache_size = "22MB"
            keep_calls = 230
            keep_for = "24d"
            [ask]
            tools = "act"
            passages = 9
            prompt_tokens = 901
            answer_tokens = 902
            max_calls = 3
            summary_calls = 5
            summary_tokens = 903
            max_vectors = 904
            [store]
            disk_reserve = "1GB"
            """
                + MODELS);
    assertThat(config.home()).isEqualTo(Path.of("/people/ada/birds"));
    assertThat(config.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(config.people())
        .isEqualTo(
            new PeopleConfig(
                List.of("telegram:1"),
                List.of("discord:2", "telegram:3"),
                List.of("telegram:4"),
                22,
                Locale.GERMAN));
    assertThat(config.chat()).isEqualTo(new ChatConfig(23, 24, 250, 26, 270, Duration.ofHours(28)));
    assertThat(config.telegram())
        .contains(
            new TelegramConfig(
                new SecretRef.Env("TELEGRAM"),
                URI.create("https://telegram.example"),
                Optional.of(
                    new TelegramConfig.Webhook(
                        URI.create("https://pi.example/hooks/telegram"),
                        Optional.of(new SecretRef.Env("TELEGRAM_SECRET"))))));
    assertThat(config.http())
        .isEqualTo(
            new HttpConfig(
                "::1",
                0,
                Optional.of(new SecretRef.Env("SECRET_TOKEN")),
                List.of("pi.example", "nas"),
                new HttpConfig.Limits(
                    2,
                    3,
                    4,
                    5,
                    6,
                    2048,
                    4096,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    7)));
    assertThat(config.web()).isEqualTo(new WebConfig(false, Duration.ofDays(1)));
    assertThat(config.intake())
        .isEqualTo(
            new IntakeConfig(
                List.of(Path.of("/in/a"), Path.of("/people/ada/in b")),
                Duration.ofMillis(500),
                2,
                9,
                1L << 20));
    assertThat(config.limits()).isEqualTo(new Limits(1L << 20, 11, 12L << 20, 3, 14, 15, 16_000));
    assertThat(config.queue())
        .isEqualTo(new QueueConfig(2, 17, Duration.ofSeconds(1), Duration.ofSeconds(90), 18));
    assertThat(config.burstLocal())
        .isEqualTo(
            new LocalBurstConfig(
                OptionalInt.of(3),
                128L << 20,
                Duration.ofSeconds(5),
                LocalBurstConfig.Sandbox.BWRAP,
                false));
    assertThat(config.burstAws())
        .isEqualTo(
            new AwsBurstConfig(
                AwsBurstConfig.Mode.OVERFLOW,
                new AwsBurstConfig.Plant(
                    "eu-central-1",
                    "pi-1",
                    "in",
                    "out",
                    "https://sqs.example/1/jobs",
                    "https://sqs.example/1/results-pi-1",
                    Optional.of("arn:f"),
                    Optional.of("http://127.0.0.1:4566")),
                new AwsBurstConfig.Bounds(
                    19, 1 << 20, Duration.ofMinutes(20), Duration.ofSeconds(21)),
                new AwsBurstConfig.Credentials.RolesAnywhere(
                    Path.of("/people/ada/pi.pem"),
                    Path.of("/people/ada/pi.key"),
                    Optional.of(Path.of("/etc/chain.pem")),
                    "arn:anchor",
                    "arn:profile",
                    "arn:role")));
    assertThat(config.ask())
        .isEqualTo(
            new AskConfig(
                AskConfig.Tools.ACT,
                9,
                new AskConfig.Bounds(3, 901),
                new AskConfig.Bounds(5, 903),
                902,
                904));
    assertThat(config.store()).isEqualTo(new StoreConfig(1L << 30));
    assertThat(config.brakes())
        .isEqualTo(
            new BrakesConfig(false, 31, new BigDecimal("3.2"), 33, 34, 35, Duration.ofMinutes(36)));
    assertThat(config.letter())
        .isEqualTo(new LetterConfig(Optional.of(DayOfWeek.FRIDAY), 17, true));
    assertThat(config.llm().uses())
        .isEqualTo(
            new LlmConfig.Uses(
                Optional.of("a"),
                Map.of("ask", "b", "summary", "c"),
                Optional.of("d"),
                List.of("c", "a")));
    assertThat(config.llm().compare())
        .isEqualTo(new LlmConfig.Compare(Optional.of("c"), Optional.of("ask/1"), 0.25));
    assertThat(config.llm().keeping())
        .isEqualTo(new LlmConfig.Keeping(20, 22 << 20, 230, Duration.ofDays(24)));
    // The test must be extended when a key is added: every key comes from the text above.
    Set<String> fixed = ConfigKey.all().stream().map(ConfigKey::key).collect(Collectors.toSet());
    assertThat(config.effective())
        .filteredOn(value -> fixed.contains(value.key()))
        .hasSameSizeAs(fixed)
        .allMatch(value -> value.origin().startsWith("line "));
  }

  @Test
  void effectiveValuesNameTheirOrigin() {
    AgentConfig config = Configs.parse("http.token = \"env:T\"\nhttp.hosts = [\"a\\\"b\"]\n");
    assertThat(config.effective().stream().map(EffectiveValue::toString))
        .contains(
            "http.token = \"env:T\"  # line 1",
            "http.hosts = [\"a\\\"b\"]  # line 2",
            "http.port = 7437  # default",
            "agent.home = \"/people/ada/.local/state/sandpiper\"  # computed");
  }
}
