package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Inbox.Taken;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.command.CommandSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conversations with the agent as it is wired, word by word.
@Timeout(120)
class TalkTest {
  private static final String OWNER = TalkRig.OWNER;
  private static final String MEMBER = TalkRig.MEMBER;
  private static final String GUEST = TalkRig.GUEST;
  private static final String STRANGER = "666";

  @TempDir Path home;
  private final Phone phone = new Phone();
  private TalkRig rig;

  @BeforeEach
  void open() {
    rig = new TalkRig(home, phone, new TalkRig.Clock("2026-11-24T12:00:00Z"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private String say(String who, String text) throws InterruptedException {
    return rig.ask(who, text).text();
  }

  @Test
  void aStrangerPairsAndIsAnsweredInTheirLanguage() throws InterruptedException {
    assertThat(rig.ask(STRANGER, "de", "Hallo?").text())
        .isEqualTo(
            "Ich kenne dich noch nicht und kann dir darum nicht helfen. Bitte meinen Besitzer um"
                + " einen Code (am Rechner: `sandpiper pair`) und schick mir dann `/pair CODE`. Du"
                + " bist `phone:666`.");
    assertThat(phone.write(STRANGER, "de", "Hallo??")).isEqualTo(Taken.DENIED);
    assertThat(rig.ask(STRANGER, "de", "/pair " + rig.code(Role.MEMBER)).text())
        .isEqualTo(
            "Willkommen, Name 666! Du bist Mitglied. Schick mir ein Dokument oder frag mich etwas."
                + " /help sagt, was ich kann.");
    assertThat(rig.ask(STRANGER, "en", "wer bin ich?").text()).isEqualTo("You asked: wer bin ich?");
    assertThat(phone.got(STRANGER)).hasSize(3);
  }

  @Test
  void aPairingThatIsDeliveredTwiceIsOne() throws InterruptedException {
    String text = "/pair " + rig.code(Role.MEMBER);
    assertThat(phone.deliver("again", STRANGER, "en", text)).isEqualTo(Taken.NEW);
    assertThat(phone.deliver("again", STRANGER, "en", text)).isEqualTo(Taken.KNOWN);
    phone.await(STRANGER, 1);
    rig.ask(STRANGER, "hello");
    assertThat(phone.got(STRANGER)).hasSize(2);
    assertThat(say(STRANGER, text)).startsWith("Welcome, Name 666! You are a member.");
    assertThat(say(STRANGER, "/pair AAAA-AAAA"))
        .isEqualTo("I know you already, Name 666. The code was not used up.");
    assertThat(say(STRANGER, "/pair")).startsWith("A code lets somebody in: run `sandpiper pair`");
    List<String> kept =
        rig.shelves
            .database()
            .<List<String>>read(tx ->
                tx.query("SELECT content FROM messages WHERE state='DONE'", row -> row.text(1)));
    assertThat(kept)
        .as("no code is kept, whoever sent it")
        .noneMatch(content -> content.contains(text.substring(6)) || content.contains("AAAA-AAAA"))
        .anyMatch(content -> content.contains("hello"));
  }

  @Test
  void helpListsWhatARoleMayUse() throws InterruptedException {
    assertThat(say(GUEST, "/help"))
        .isEqualTo(
            """
            Send me documents and ask me about them in plain words. Beside that I know these commands:

            - /help – What I can do
            - /ask – Ask about your documents
            - /find – Find words in your documents
            - /doc – Show a document
            - /forget – Delete a document, or what was said
            - /export – Get a list of your documents, or all of them
            - /jobs – What is being done, and what is stuck
            - /retry – Try again what is stuck
            - /cancel – Stop what I am doing
            - /language – The language I speak with you
            - /pair – Let somebody in, or know you on another channel

            /help with a command tells more, as in `/help find`. I speak other languages, too: /language\
            """);
    assertThat(say(OWNER, "/help"))
        .contains("- /remind – ", "- /schedule – ", "- /model – ", "- /cost – ", "- /status – ");
    assertThat(say(OWNER, "/start")).startsWith("Hello Name 1! Send me documents:");
    assertThat(say(OWNER, "/help /remind"))
        .isEqualTo(
            """
            **/remind** – Remind you of something

            `/remind when what`

            Says something at a time: `/remind tomorrow 9:00 call Anna`, `/remind in 2h tea`, `/remind 24.12. 18:00 presents`. /remind lists what is planned, `/remind cancel 3` calls it off.\
            """);
    assertThat(say(OWNER, "/help fnd"))
        .isEqualTo("There is no command `/fnd`. Did you mean /find?");
    assertThat(say(OWNER, "/fnd x"))
        .isEqualTo("There is no command /fnd. Did you mean /find? /help lists them all.");
    assertThat(say(OWNER, "/xyzzy")).isEqualTo("There is no command /xyzzy. /help lists them all.");
  }

  @Test
  void everyCommandHasItsHelpInEveryLanguage() {
    for (Locale locale : rig.desk.base().messages().spoken()) {
      for (Command command : commands()) {
        String key = "command." + command.name();
        assertThat(rig.desk.base().messages().text(locale, key)).isNotBlank();
        assertThat(rig.desk.base().messages().text(locale, key + ".help")).isNotBlank();
      }
    }
  }

  /// What a channel lists is what there is; `/start` is what a phone sends by itself.
  @Test
  void theListOfCommandsIsWhatThereIs() {
    assertThat(commands())
        .extracting(Command::name)
        .filteredOn(name -> !name.equals("start"))
        .containsExactlyElementsOf(CommandSet.NAMES);
  }

  private List<Command> commands() {
    return rig.commands();
  }

  /// Who may use what; `+` may, `-` may not.
  @ParameterizedTest
  @CsvSource({
    "start,   +, +, +", "help,     +, +, +", "ask,   +, +, +", "find,   +, +, +",
    "doc,     +, +, +", "forget,   +, +, +", "export,+, +, +", "jobs,   +, +, +",
    "retry,   +, +, +", "cancel,   +, +, +", "pair,  +, +, +", "language,+,+, +",
    "remind,  +, +, -", "schedule, +, +, -", "model, +, +, -", "cost,   +, +, -",
    "status,  +, +, -"
  })
  void rolesGateCommands(String name, String owner, String member, String guest)
      throws InterruptedException {
    List<String> numbers = List.of(OWNER, MEMBER, GUEST);
    List<String> may = List.of(owner, member, guest);
    for (int i = 0; i < 3; i++) {
      String answer = say(numbers.get(i), "/" + name + " x");
      assertThat(answer.equals("/" + name + " is not for you. Ask my owner."))
          .as("%s by %s: %s", name, numbers.get(i), answer)
          .isEqualTo(may.get(i).equals("-"));
    }
    assertThat(commands()).hasSize(17);
  }

  @Test
  void aGuestSeesTheirOwnDocumentsOnly() throws Exception {
    long mine = rig.document(GUEST, "mine.txt", "The invoice of the plumber.");
    long other = rig.document(OWNER, "other.txt", "The invoice of the painter.");
    assertThat(say(GUEST, "/find invoice"))
        .isEqualTo(
            "One document for invoice:\n\n**#%d mine.txt**, page 2\nThe **invoice** of the plumber."
                .formatted(mine));
    assertThat(say(OWNER, "/find invoice")).startsWith("2 documents for invoice:");
    assertThat(say(GUEST, "/doc other.txt"))
        .isEqualTo(
            "There is no document other.txt. /find looks for its words, /doc lists the newest.");
    assertThat(say(GUEST, "/doc #" + other)).startsWith("There is no document \\#" + other);
    assertThat(say(GUEST, "/doc")).contains("mine.txt").doesNotContain("other.txt");
    assertThat(say(GUEST, "/forget #" + other)).startsWith("There is no document");
    assertThat(rig.ask(GUEST, "/export").file()).contains("mine.txt").doesNotContain("other.txt");
    rig.document(OWNER, "mine.TXT", "Another of that name.");
    assertThat(say(GUEST, "/doc mine.txt")).startsWith("**#%d mine.txt**".formatted(mine));
    assertThat(say(MEMBER, "/forget #" + mine))
        .isEqualTo("Others sent mine.txt, too, or instead of you: only an owner can delete it.");
  }

  @Test
  void findShowsPageAndSnippetAndOpensWithAButton() throws Exception {
    long id = rig.document(MEMBER, "Rechnung_2026*.txt", "Pay now the invoice of Müller_y.");
    Phone.Got found = rig.ask(MEMBER, "/find invoice müller");
    assertThat(found.text())
        .isEqualTo(
            "One document for invoice müller:\n\n**#%d Rechnung\\_2026\\*.txt**, page 2\n"
                    .formatted(id)
                + "Pay now the **invoice** of **Müller**\\_y.");
    Phone.Got card = rig.press(MEMBER, found.button("#" + id));
    assertThat(card.text())
        .isEqualTo(
            """
            **#%d Rechnung\\_2026\\*.txt** \s
            Title: Title of it \s
            By: A. Author \s
            3 pages, 33 B \s
            Came 24 Nov 2026, 13:00 \s
            Read\
            """
                .formatted(id)
                .replace(" \\s", "  "));
    assertThat(rig.press(MEMBER, card.button("Original")))
        .satisfies(got -> {
          assertThat(got.name()).isEqualTo("Rechnung_2026*.txt");
          assertThat(got.file().getBytes(StandardCharsets.ISO_8859_1))
              .isEqualTo("Pay now the invoice of Müller_y.".getBytes(StandardCharsets.UTF_8));
        });
    assertThat(rig.press(MEMBER, card.button("Text")).name()).isEqualTo("Rechnung_2026*.txt.md");
    assertThat(rig.press(MEMBER, card.button("Summary")).text()).startsWith("In short: ");
    assertThat(say(MEMBER, "/find nothing.like*this"))
        .isEqualTo(
            "I found nothing for nothing.like\\*this. Fewer or other words may help; `begin*` finds"
                + " what begins so.");
    assertThat(say(MEMBER, "/find")).startsWith("What shall I look for?");
    assertThat(say(MEMBER, "/find \"((( OR -")).startsWith("I found nothing for ");
  }

  @Test
  void forgettingAsksFirstAndLeavesNothing() throws Exception {
    String secret = "Zwiebelkuchenrezept";
    long id = rig.document(OWNER, "secret.txt", "The word is " + secret + ".");
    rig.ask(OWNER, "/doc #" + id + " text");
    rig.ask(OWNER, "/export all");
    Phone.Got sure = rig.ask(OWNER, "/forget secret.txt");
    assertThat(sure.text())
        .isEqualTo(
            "Delete **secret.txt** for good, with its text and everything made from it? Nobody can"
                + " bring it back.");
    assertThat(rig.press(OWNER, sure.button("Keep")).text()).isEqualTo("Nothing was deleted.");
    assertThat(rig.shelves.library().find(id)).isPresent();
    Button yes = sure.button("Delete for good");
    assertThat(rig.press(GUEST, yes).text())
        .isEqualTo("It is gone: there is no such document any more.");
    assertThat(rig.press(OWNER, yes).text()).isEqualTo("secret.txt is deleted for good.");
    assertThat(rig.press(OWNER, yes).text())
        .isEqualTo("It is gone: there is no such document any more.");
    assertThat(rig.shelves.library().find(id)).isEmpty();
    try (Stream<Path> files = Files.walk(home.resolve("blobs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
    assertThat(say(OWNER, "/forget history"))
        .isEqualTo("What was said here is forgotten. Your documents are still there.");
  }

  @Test
  void aFileThatCannotBeHadIsExplainedInTheirLanguage() throws InterruptedException {
    rig.ask(MEMBER, "de", "/language de");
    phone.miss(MEMBER, "weg.pdf");
    phone.await(MEMBER, 2);
    assertThat(phone.got(MEMBER).getLast().text())
        .isEqualTo("Ich konnte weg.pdf nicht nehmen: es ist nicht mehr da. Schick es noch einmal.");
  }

  @Test
  void whatIsStuckIsRetriedOrCancelledWithAButton() throws Exception {
    phone.send(MEMBER, "scan.txt", "text");
    phone.await(MEMBER, 1);
    assertThat(say(MEMBER, "/jobs")).startsWith("One is under way:\n\n- **");
    long job = rig.park("It failed 8 times: no worker");
    phone.await(MEMBER, 3); // they are told, too
    Phone.Got jobs = rig.ask(MEMBER, "/jobs");
    assertThat(jobs.text())
        .isEqualTo(
            "One is stuck:\n\n- **%d** scan.txt: It failed 8 times: no worker".formatted(job));
    assertThat(rig.ask(GUEST, "/jobs").text()).isEqualTo("Nothing waits and nothing is stuck.");
    assertThat(say(GUEST, "/retry " + job))
        .isEqualTo("There is no job %d. /jobs lists what there is.".formatted(job));
    assertThat(rig.press(MEMBER, jobs.button("Try " + job + " again")).text())
        .isEqualTo("I am trying %d again: scan.txt".formatted(job));
    assertThat(state(job)).isEqualTo(JobState.READY);
    assertThat(say(MEMBER, "/retry " + job))
        .isEqualTo("Job %d is not stuck: scan.txt".formatted(job));
    assertThat(say(MEMBER, "/retry")).isEqualTo("Nothing is stuck.");
    int before = phone.got(MEMBER).size();
    phone.press(MEMBER, jobs.button("Cancel " + job));
    phone.await(MEMBER, before + 2); // the command's answer, and word of the document
    assertThat(phone.got(MEMBER).subList(before, before + 2))
        .extracting(Phone.Got::text)
        .contains("Job %d is cancelled: scan.txt".formatted(job));
    assertThat(state(job)).isEqualTo(JobState.CANCELLED);
  }

  private JobState state(long job) {
    return rig.shelves.queue().view().find(job).orElseThrow().state();
  }

  @Test
  void theLanguageIsChosenWithAButton() throws InterruptedException {
    Phone.Got which = rig.ask(OWNER, "/language");
    assertThat(which.text()).isEqualTo("Which language shall I speak with you?");
    assertThat(rig.press(OWNER, which.button("Deutsch")).text())
        .isEqualTo("Ich spreche jetzt Deutsch mit dir.");
    assertThat(say(OWNER, "/find"))
        .isEqualTo("Wonach soll ich suchen? Zum Beispiel: `/find Rechnung type:pdf`");
    assertThat(say(OWNER, "/language Klingon"))
        .isEqualTo("Klingon spreche ich noch nicht. Welche stattdessen?");
    assertThat(say(OWNER, "/language english")).isEqualTo("I speak English with you now.");
  }

  @Test
  void aModelIsChosenForOnePerson() throws InterruptedException {
    Phone.Got list = rig.ask(MEMBER, "/model");
    assertThat(list.text())
        .isEqualTo(
            """
            You are answered by the usual model for each task. Choose another:

            - **main** – big-1: ready
            - **small** – tiny-1: resting until 12:30\
            """);
    assertThat(rig.press(MEMBER, list.button("small")).text())
        .isEqualTo("From now on `small` answers you.");
    Person member = rig.desk.base().door().people().list().get(1).person();
    assertThat(rig.desk.base().door().people().findModel(member.id())).contains("small");
    Phone.Got again = rig.ask(MEMBER, "/model");
    assertThat(again.text()).startsWith("You are answered by `small`.");
    assertThat(rig.press(MEMBER, again.button("The usual one")).text())
        .isEqualTo("From now on the usual model answers you.");
    assertThat(say(MEMBER, "/model smal"))
        .isEqualTo("There is no model `smal`. Did you mean `small`?");
  }

  @Test
  void anOwnerLetsGoOnWhatWasPaused() throws InterruptedException {
    assertThat(say(OWNER, "/cost resume")).isEqualTo("Nothing is paused.");
    rig.shelves
        .database()
        .write(tx ->
            tx.update(
                "INSERT INTO spending_pauses (workflow, seen, at)"
                    + " VALUES ('schedule:morning', 'it bought too often', 1)"));
    assertThat(say(MEMBER, "/cost resume schedule:morning"))
        .isEqualTo("Only an owner lets something go on that was paused.");
    assertThat(say(OWNER, "/cost resume evening"))
        .isEqualTo("Say which: `/cost resume` and one of these: schedule:morning");
    assertThat(rig.shelves.ledger().pauses()).hasSize(1);
    assertThat(say(OWNER, "/cost resume schedule:morning")).isEqualTo("schedule:morning goes on.");
    assertThat(rig.shelves.ledger().pauses()).isEmpty();
    say(OWNER, "/language de");
    assertThat(say(OWNER, "/cost weiter")).isEqualTo("Nichts ist angehalten.");
  }

  @Test
  void statusIsShort() throws Exception {
    rig.document(OWNER, "a.txt", "text");
    say(OWNER, "/remind tomorrow 9:00 call Anna");
    assertThat(say(OWNER, "/status"))
        .isEqualTo(
            """
            **All is well.**

            - Jobs: 1 under way, 0 waiting, 0 stuck (2 workers)
            - Messages: 1 not answered yet, 0 stuck
            - Answers: 0 not sent yet, 0 perhaps sent, 0 stuck
            - Model main: ready
            - Model small: resting until 12:30
            - Answers from the cache: 42%
            - Cloud: off, 0 documents there\
            """);
  }

  @Test
  void anExportIsATableThatNoSpreadsheetRuns() throws Exception {
    assertThat(say(MEMBER, "/export")).isEqualTo("There are no documents yet. Send me one.");
    rig.document(MEMBER, "=HYPERLINK(\"x\").txt", "text");
    Phone.Got list = rig.ask(MEMBER, "/export");
    assertThat(list.name()).isEqualTo("documents.csv");
    assertThat(list.text()).isEqualTo("1 document");
    assertThat(list.file())
        .contains("number,name,state,pages,bytes,type,title,received,sha256\r\n")
        .contains(",\"'=HYPERLINK(\"\"x\"\").txt\",parsed,3,4,");
    assertThat(rig.ask(MEMBER, "/export all"))
        .satisfies(got -> {
          assertThat(got.name()).isEqualTo("documents.zip");
          assertThat(got.file()).startsWith("PK");
        });
    assertThat(say(MEMBER, "/export everything"))
        .isEqualTo("`/export` sends the list of your documents, `/export all` the documents, too.");
  }

  @Test
  void askDelegates() throws InterruptedException, IOException {
    assertThat(say(GUEST, "/ask when?")).isEqualTo("You asked: when?");
    assertThat(say(GUEST, "/ask")).startsWith("What do you want to know?");
  }
}
