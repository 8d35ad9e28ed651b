package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordConfigTest {

  @Test
  void withoutATokenThereIsNoDiscord() {
    assertThat(Configs.parse("").discord())
        .isEqualTo(new DiscordConfig(Optional.empty(), URI.create("https://discord.com/api/v10")));
  }

  @Test
  void everythingIsMapped() {
    assertThat(
            Configs.parse(
                    """
                    [discord]
                    token = "env:DISCORD"
                    base_url = "http://127.0.0.1:8080/api/v10/"
                    """)
                .discord())
        .isEqualTo(
            new DiscordConfig(
                Optional.of(new SecretRef.Env("DISCORD")),
                URI.create("http://127.0.0.1:8080/api/v10")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://discord.com/api/v10",
        "discord.com",
        "ftp://127.0.0.1/",
        "https://a@b/",
        "x y"
      })
  void theTokenGoesOnlyWhereItIsSafe(String url) {
    assertThatThrownBy(() -> Configs.parse("discord.base_url = \"" + url + "\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "discord.base_url: must be an https:// URL; http:// is taken for this machine only");
  }
}
