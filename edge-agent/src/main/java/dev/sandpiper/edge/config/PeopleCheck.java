package dev.sandpiper.edge.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must be right about who is let in, and in which zone they live.
final class PeopleCheck {

  /// A list is for a household or an office; whoever needs more pairs them.
  private static final int MOST = 200;

  private static final List<ConfigKey> LISTS =
      List.of(ConfigKey.PEOPLE_OWNERS, ConfigKey.PEOPLE_MEMBERS, ConfigKey.PEOPLE_GUESTS);

  private PeopleCheck() {}

  /// Every key that is wrong, with what is wrong about it.
  static Map<ConfigKey, String> problems(Values values) {
    Map<ConfigKey, String> problems = new EnumMap<>(ConfigKey.class);
    Map<String, ConfigKey> seen = new HashMap<>();
    for (ConfigKey key : LISTS) {
      List<String> accounts = values.list(key);
      if (accounts.size() > MOST) {
        problems.put(key, "has at most " + MOST + " entries; pair the others (sandpiper pair)");
      }
      for (String account : accounts) {
        ConfigKey other = seen.put(account, key);
        if (!account.matches("[a-z]{1,32}:[A-Za-z0-9_-]{1,64}")) {
          problems.put(
              key,
              "\""
                  + account
                  + "\" must be a channel and a number, as in \"telegram:12345678\"; a"
                  + " name can be taken by anybody, a number cannot");
        } else if (other != null) {
          problems.put(key, "\"" + account + "\" stands in " + other.key() + ", too; keep one");
        }
      }
    }
    String zone = values.text(ConfigKey.AGENT_TIME_ZONE);
    if (!zone.isEmpty() && !known(zone)) {
      problems.put(
          ConfigKey.AGENT_TIME_ZONE,
          "\"" + zone + "\" is not a time zone; name one as in \"Europe/Berlin\"");
    }
    if (!values.text(ConfigKey.PEOPLE_LANGUAGE).matches("[a-z]{2,3}")) {
      problems.put(
          ConfigKey.PEOPLE_LANGUAGE, "must be a language of two or three letters, as in \"de\"");
    }
    return problems;
  }

  private static boolean known(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }
}
