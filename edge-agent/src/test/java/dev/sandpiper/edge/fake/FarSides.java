package dev.sandpiper.edge.fake;

import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.World;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Stand-ins for Telegram, Discord and a provider of models in a process of their own, for
/// `scripts/bench chat`. It prints the configuration of an agent that talks to them, then `ready`;
/// for every line it is sent, somebody asks that in Telegram, and it prints how many were answered.
public final class FarSides {

  private static final long SOMEBODY = 77;

  private FarSides() {}

  public static void main(String[] args) throws Exception {
    try (FakeTelegram telegram = FakeTelegram.start();
        FakeDiscord discord = new FakeDiscord();
        ModelFake models = ModelFake.start()) {
      System.out.printf(
          """
          [telegram]
          token = "env:FAKE_TELEGRAM"
          base_url = "%s"
          [discord]
          token = "env:FAKE_DISCORD"
          base_url = "%s"
          [people]
          owners = ["telegram:%d"]
          [providers.fake]
          kind = "openai"
          base_url = "%s"
          keys = ["env:FAKE_KEY"]
          [models.fake]
          provider = "fake"
          model = "fake"
          ready
          """,
          telegram.uri(), discord.base(), SOMEBODY, models.openai());
      System.out.flush();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int before = telegram.count("sendMessage");
        telegram.world().say(World.said(Person.of(SOMEBODY, "Ada"), line));
        FakeTelegram.await("an answer", () -> telegram.count("sendMessage") > before);
        System.out.println(telegram.count("sendMessage"));
        System.out.flush();
      }
    }
  }
}
