package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A day in the life of the built agent, as it is seen on three phones. What was said is written to
/// `transcript.txt`, to be read by somebody who is tired; `-Dsandpiper.transcript=FILE` keeps it.
@Timeout(240)
class DayIT {
  private static final Person ADA = Person.of(5_001, "Ada");
  private static final Person JANA = new Person(5_002, "Jana", "de");
  private static final Person EVE = Person.of(5_666, "Eve");

  private static final Pattern CODE = Pattern.compile("/pair (\\S+)");

  /// Workers see the programs of the system only.
  private static final boolean READS_PHOTOS =
      Stream.of("/usr/local/bin", "/usr/bin", "/bin")
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tesseract")));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  @Test
  void aDay() throws Exception {
    try (FakeTelegram telegram = FakeTelegram.start();
        ModelFake model = ModelFake.start().script(new ReadingModel());
        AgentProcess agent = agent(telegram, model)) {
      Transcript transcript = new Transcript(telegram, List.of(ADA, JANA, EVE));
      try {
        new Day(telegram, model, agent, transcript).live();
      } finally {
        transcript.write(home.resolve("transcript.txt"));
        String kept = System.getProperty("sandpiper.transcript", "");
        if (!kept.isEmpty()) {
          transcript.write(Path.of(kept));
        }
      }
    }
  }

  private AgentProcess agent(FakeTelegram telegram, ModelFake model) throws IOException {
    String settings =
        """
        [agent]
        time_zone = "Europe/Berlin"
        [telegram]
        token = "env:FAKE_TELEGRAM"
        base_url = "%s"
        [providers.fake]
        kind = "openai"
        base_url = "%s"
        keys = ["env:FAKE_KEY"]
        [models.fake]
        provider = "fake"
        model = "fake"
        """
            .formatted(telegram.uri(), model.openai());
    return new AgentProcess(home.resolve("agent"), List.of(settings))
        .with("FAKE_TELEGRAM", FakeTelegram.TOKEN)
        .with("FAKE_KEY", "key");
  }

  /// A photo, as of a receipt.
  private static byte[] receipt() throws IOException {
    return photo(List.of("Mill Street Hardware", "Hammer 12.50", "Nails 3.20", "Total 15.70 EUR"));
  }

  private static byte[] photo(List<String> lines) throws IOException {
    BufferedImage image = new BufferedImage(900, 700, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 900, 700);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 44));
    int y = 100;
    for (String line : lines) {
      graphics.drawString(line, 60, y);
      y += 90;
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpg", out)).isTrue();
    return out.toByteArray();
  }

  private final class Day {
    private final FakeTelegram telegram;
    private final ModelFake model;
    private final AgentProcess agent;
    private final Transcript transcript;
    private final Smartphone ada;
    private final Smartphone jana;
    private final Smartphone eve;
    private List<Post> once = List.of();

    Day(FakeTelegram telegram, ModelFake model, AgentProcess agent, Transcript transcript) {
      this.telegram = telegram;
      this.model = model;
      this.agent = agent;
      this.transcript = transcript;
      this.ada = new Smartphone(telegram, ADA, transcript);
      this.jana = new Smartphone(telegram, JANA, transcript);
      this.eve = new Smartphone(telegram, EVE, transcript);
    }

    void live() throws Exception {
      agent.start();
      agent.awaitReady();
      meet();
      documents();
      questions();
      killed();
      findAndForget();
      german();
      judge();
    }

    private void meet() throws Exception {
      eve.write("hello?");
      eve.reads("stranger", post -> post.text().contains("don’t know you"));
      ada.write("/pair " + code("pair"));
      ada.reads("welcome", post -> post.text().contains("Welcome, Ada"));
      ada.write("hi");
      ada.reads("hi", post -> true);
      ada.write("/help");
      ada.reads("hi", post -> true);
    }

    private String code(String... command) throws Exception {
      String said = agent.command(command);
      transcript.happened("$ sandpiper " + String.join(" ", command) + "\n" + said.strip());
      Matcher code = CODE.matcher(said);
      assertThat(code.find()).as(said).isTrue();
      return code.group(1);
    }

    private void documents() throws Exception {
      ada.sendFile("hazel-court.pdf", Handbook.pdf());
      ada.reads(
          "summary", post -> post.text().contains("30 pages") && !post.text().startsWith("I have"));
      ada.sendPhoto(receipt());
      ada.reads(
          "the receipt",
          post ->
              post.text().contains(READS_PHOTOS ? "Total 15.70 EUR" : "no program on my machine"));
      if (READS_PHOTOS) {
        ada.write("How much was the total at Mill Street Hardware?");
        ada.reads("the total", post -> post.text().contains("Total 15.70 EUR"));
      }
      ada.sendPhoto(photo(List.of()));
      ada.reads(
          "nothing on the photo",
          post -> post.text().contains(READS_PHOTOS ? "found none" : "no program on my machine"));
    }

    private void questions() throws Exception {
      ada.write("When does the warranty of the boiler end?");
      ada.reads(
          "boiler",
          post ->
              post.text().contains("30 September 2031")
                  && post.text().contains("1 · hazel-court.pdf, p. 12"));
      ada.write("And who services it?");
      ada.reads(
          "service", post -> post.text().contains("555-0142") && post.text().contains("p. 13"));
      ada.write("What is the capital of Peru?");
      ada.reads("peru", post -> post.text().contains("know"));
    }

    private void killed() throws Exception {
      ada.write("/remind in 1m call the plumber");
      ada.reads("reminder", post -> post.text().contains("remind you"));
      int before = model.asked().size();
      model.next(new Reply.Slow(Reply.says("too late"), Duration.ofSeconds(60), Duration.ZERO));
      ada.write("How much is a parking space?");
      FakeTelegram.await("the model is asked", () -> model.asked().size() > before);
      agent.kill();
      transcript.happened("kill -9 in the middle of the answer; a minute passes");
      passMinute();
      agent.start();
      agent.awaitReady();
      Post parking = ada.reads("parking", post -> post.text().contains("p. 11"));
      Post plumber = ada.reads("plumber", post -> post.text().contains("call the plumber"));
      once = List.of(parking, plumber);
    }

    private void passMinute() throws IOException {
      DatabaseOptions options = DatabaseOptions.defaults().withNativeDir(home.resolve("native"));
      try (Database database = Database.open(agent.database(), options)) {
        database.write(tx ->
            tx.update("UPDATE jobs SET due=due-60000 WHERE id IN (SELECT job FROM schedules)")
                + tx.update("UPDATE schedules SET next=next-60000"));
      }
    }

    private void findAndForget() throws Exception {
      ada.write("/find deposit");
      Post found = ada.reads("found", post -> post.text().contains("page 5"));
      ada.press(found, "#1");
      ada.reads("doc", post -> post.text().contains("30 pages"));
      ada.write("/forget hazel-court.pdf");
      Post sure = ada.reads("sure", post -> !post.buttons().isEmpty());
      ada.press(sure, "Delete for good");
      ada.reads("forgotten", post -> post.text().contains("deleted for good"));
      ada.write("When does the warranty of the boiler end?");
      ada.reads("gone", post -> post.text().contains("any more"));
    }

    private void german() throws Exception {
      jana.write("/pair " + code("pair", "--name", "Jana"));
      jana.reads("willkommen", post -> post.text().contains("Willkommen"));
      jana.sendFile(
          "mietvertrag.txt",
          "Mietvertrag. Die Wohnung in der Lindenallee 7 wird ab dem 1. Juli 2026 vermietet. Die Miete beträgt 840,00 Euro im Monat. Die Kündigungsfrist beträgt drei Monate."
              .getBytes(StandardCharsets.UTF_8));
      jana.reads(
          "gelesen",
          post -> post.text().contains("mietvertrag.txt") && !post.text().startsWith("Ich"));
      jana.sendPhoto(photo(List.of()));
      jana.reads(
          "nichts auf dem Foto",
          post ->
              post.text()
                  .contains(
                      READS_PHOTOS ? "In photo-6.jpg habe ich Text" : "photo-6.jpg nicht lesen"));
      jana.write("Wie hoch ist die Miete im Monat?");
      jana.reads("miete", post -> post.text().contains("840"));
      jana.write("und die Kündigungsfrist?");
      jana.reads("miete", post -> post.text().contains("drei Monate"));
      jana.write("/find Miete");
      jana.reads("miete", post -> post.text().contains("mietvertrag"));
      jana.write("erinnere mich morgen um 9 an die Miete");
      jana.reads("erinnern", post -> true);
      jana.write("/remind morgen 9:00 Miete zahlen");
      jana.reads("erinnern", post -> true);
      jana.write("/hilfe");
      jana.reads("erinnern", post -> true);
      jana.write("/help");
      jana.reads("erinnern", post -> true);
      jana.write("/forget mietvertrag.txt");
      Post sure = jana.reads("sicher", post -> !post.buttons().isEmpty());
      jana.press(sure, "Für immer löschen");
      jana.reads("weg", post -> post.text().contains("für immer gelöscht"));
      jana.write("Wie hoch ist die Miete im Monat?");
      jana.reads("weg", post -> post.text().contains("nicht mehr"));
    }

    private void judge() throws IOException {
      once.forEach(post -> assertThat(ada.count(post.text())).as(post.text()).isOne());
      assertThat(telegram.world().markupFaults()).isEmpty();
      assertThat(model.problems()).isEmpty();
      DatabaseOptions options = DatabaseOptions.defaults().withNativeDir(home.resolve("native"));
      try (Database database = Database.openReadOnly(agent.database(), options)) {
        assertThat(count(database, "outbox WHERE state IN ('UNKNOWN', 'PARKED', 'REFUSED')"))
            .isZero();
        assertThat(count(database, "messages WHERE state='PARKED'")).isZero();
        assertThat(count(database, "outbox WHERE instr(content, '2031')"))
            .as("quotations of what was forgotten")
            .isZero();
      }
    }

    private static long count(Database database, String what) {
      return database.<Long>read(
          tx -> tx.queryOne("SELECT count(*) FROM " + what, row -> row.number(1)).orElseThrow());
    }
  }
}
