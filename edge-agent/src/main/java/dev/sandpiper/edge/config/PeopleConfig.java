package dev.sandpiper.edge.config;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// Who may talk to the agent.
///
/// @param owners accounts such as `telegram:12345678`
/// @param members likewise
/// @param guests likewise
/// @param perMinute most messages taken from a person in a minute
/// @param language for those whose channel does not tell theirs
public record PeopleConfig(
    List<String> owners,
    List<String> members,
    List<String> guests,
    int perMinute,
    Locale language) {

  public PeopleConfig {
    owners = List.copyOf(owners);
    members = List.copyOf(members);
    guests = List.copyOf(guests);
  }

  static PeopleConfig from(Values values) {
    return new PeopleConfig(
        values.list(ConfigKey.PEOPLE_OWNERS),
        values.list(ConfigKey.PEOPLE_MEMBERS),
        values.list(ConfigKey.PEOPLE_GUESTS),
        values.integer(ConfigKey.PEOPLE_MESSAGES_PER_MINUTE),
        Locale.forLanguageTag(values.text(ConfigKey.PEOPLE_LANGUAGE)));
  }

  static ZoneId zone(Values values) {
    String zone = values.text(ConfigKey.AGENT_TIME_ZONE);
    return zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
  }
}
