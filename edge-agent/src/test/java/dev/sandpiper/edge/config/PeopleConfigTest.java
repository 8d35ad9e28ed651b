package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PeopleConfigTest {

  @Test
  void everythingWrongAboutPeopleIsSaidAtOnce() {
    assertThatThrownBy(() ->
            Configs.parse(
                """
                [agent]
                time_zone = "Berlin"
                [people]
                owners = ["telegram:1"]
                members = ["@anna"]
                guests = ["telegram:1"]
                language = "German"
                """))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            """
            : 4 problems
              line 2: agent.time_zone: "Berlin" is not a time zone; name one as in "Europe/Berlin"
              line 5: people.members: "@anna" must be a channel and a number, as in "telegram:12345678"; a name can be taken by anybody, a number cannot
              line 6: people.guests: "telegram:1" stands in people.owners, too; keep one
              line 7: people.language: must be a language of two or three letters, as in "de\"\
            """);
  }
}
