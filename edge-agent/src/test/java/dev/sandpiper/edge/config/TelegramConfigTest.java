package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class TelegramConfigTest {

  @Test
  void withoutATokenThereIsNoTelegram() {
    assertThat(Configs.parse("").telegram()).isEmpty();
  }

  @Test
  void defaults() {
    TelegramConfig telegram =
        Configs.parse("[telegram]\ntoken = \"env:TELEGRAM_TOKEN\"").telegram().orElseThrow();
    assertThat(telegram.token()).isEqualTo(SecretRef.find("env:TELEGRAM_TOKEN").orElseThrow());
    assertThat(telegram.baseUrl()).isEqualTo(URI.create("https://api.telegram.org"));
    assertThat(telegram.webhook()).isEmpty();
  }

  @Test
  void everyKey() {
    TelegramConfig telegram =
        Configs.parse(
                """
                [telegram]
                token = "file:/run/token"
                mode = "webhook"
                base_url = "http://127.0.0.1:8081"
                webhook_url = "https://bot.example.org/hooks/telegram"
                webhook_secret = "env:HOOK_SECRET"
                """)
            .telegram()
            .orElseThrow();
    assertThat(telegram.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:8081"));
    assertThat(telegram.webhook())
        .contains(
            new TelegramConfig.Webhook(
                URI.create("https://bot.example.org/hooks/telegram"),
                SecretRef.find("env:HOOK_SECRET")));
  }

  @Test
  void problemsAreSaid() {
    assertThat(Configs.problems("[telegram]\nmode = \"webhook\""))
        .containsExactly(
            "line 2: telegram.mode: needs telegram.token, for instance \"env:TELEGRAM_TOKEN\"");
    assertThat(
            Configs.problems(
                "[telegram]\ntoken = \"env:T\"\nmode = \"webhook\"\nbase_url ="
                    + " \"http://example.org\"\nwebhook_url = \"http://example.org\""))
        .containsExactly(
            "line 4: telegram.base_url: must be an https:// URL; http:// is taken for this machine"
                + " only, because the token is part of every address",
            "line 5: telegram.webhook_url: must be an https:// URL: Telegram brings messages to no"
                + " other");
  }
}
