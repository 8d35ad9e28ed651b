package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatMessage.ToolResult;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ToolsTest extends Desk {
  private static final String QUESTION = "How long is the warranty of the boiler?";

  @BeforeEach
  void fill() throws Exception {
    household();
  }

  private ToolResult use(Person person, String tool, String arguments) throws Exception {
    List<ToolResult> results = new ArrayList<>();
    ScriptedModels models =
        ScriptedModels.of(request -> {
          if (request.messages().getLast() instanceof ToolResult result) {
            results.add(result);
            return ScriptedModels.says("NOT_FOUND");
          }
          return ScriptedModels.calls(new ToolCall("7", tool, arguments));
        });
    ask(librarian(models), person, QUESTION);
    assertThat(results).hasSize(1);
    assertThat(results.getFirst().callId()).isEqualTo("7");
    return results.getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "search_library | {} | The argument \"query\" is missing.",
        "search_library | {\"query\":\"\"} | The argument \"query\" must have 1 to 300 characters.",
        "search_library | {\"query\":5} | The argument \"query\" must be a text.",
        "search_library | {\"query\":\"a\",\"to\":\"x\"} | There is no argument \"to\". Arguments: query.",
        "search_library | [1] | The arguments must be one JSON object.",
        "search_library | {\"query\": | The arguments are not JSON.",
        "open_document | {\"name\":\"nothing.pdf\"} | There is no document of that name.",
        "open_document | {\"name\":\"a\",\"first_page\":0} | The argument \"first_page\" must be a number from 1.",
        "open_document | {\"name\":\"boiler\",\"first_page\":3,\"last_page\":2} | last_page must not be smaller than first_page.",
        "list_jobs | {\"all\":true} | There is no argument \"all\". Arguments: .",
        "sudo | {} | There is no such tool. Tools: search_library, open_document, list_jobs, remind, schedule.",
      })
  void wrongArgumentsAreToldToTheModel(String tool, String arguments, String told)
      throws Exception {
    ToolResult result = use(ADA, tool, arguments);
    assertThat(result.error()).isTrue();
    assertThat(result.text()).isEqualTo(told);
  }

  @Test
  void aDocumentIsOpenedFromAPage() throws Exception {
    ToolResult result =
        use(ADA, "open_document", "{\"name\":\"dishwasher\",\"first_page\":2,\"last_page\":2}");
    assertThat(result.error()).isFalse();
    assertThat(result.text())
        .startsWith("That is all.")
        .contains("E24")
        .doesNotContain("E15")
        .containsPattern("<<<[0-9a-f]{20} passage \\d+>>>");
  }

  @Test
  void whatAToolFoundCanBeCited() throws Exception {
    ScriptedModels models =
        ScriptedModels.of(request ->
            request.messages().getLast() instanceof ToolResult result
                ? ScriptedModels.says(
                    "The outlet hose is kinked [" + number(result.text(), "E24") + "].")
                : ScriptedModels.calls(
                    new ToolCall("1", "search_library", "{\"query\":\"dishwasher fault E24\"}")));
    assertThat(ask(librarian(models), ADA, QUESTION))
        .isEqualTo("The outlet hose is kinked [1].\n\n1 · dishwasher-manual.pdf, p. 2");
    List<ChatMessage> sent = models.asked.getLast().messages();
    assertThat(sent.get(sent.size() - 2)).isInstanceOf(ChatMessage.Assistant.class);
  }

  private static int number(String text, String word) {
    int at = text.indexOf(word);
    int mark = text.lastIndexOf(" passage ", at);
    return Integer.parseInt(text.substring(mark + 9, text.indexOf(">>>", mark)));
  }

  @Test
  void guestsToolsSeeWhatTheySent() throws Exception {
    sentBy(GUEST, library.find("boiler-warranty.pdf").orElseThrow().sha256());
    assertThat(use(GUEST, "open_document", "{\"name\":\"mietvertrag.pdf\"}").text())
        .isEqualTo("There is no document of that name.");
    assertThat(use(GUEST, "search_library", "{\"query\":\"Kaution Miete\"}").text())
        .isEqualTo("Nothing was found.");
    write(tx -> queue.enqueue(tx, NewJob.of("parse", Priority.BULK, "b".repeat(64), "{}")));
    assertThat(use(GUEST, "list_jobs", "{}").text()).isEqualTo("There are no jobs.");
    assertThat(use(ADA, "list_jobs", "{}").text()).startsWith("job 1: parse, ready, 0 attempts");
    assertThat(use(GUEST, "remind", "{\"text\":\"warranty\",\"when\":\"boiler\"}").text())
        .isEqualTo("There is no such tool. Tools: search_library, open_document, list_jobs.");
  }

  @Test
  void callsAreBounded() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    ScriptedModels models =
        ScriptedModels.of(_ ->
            new ChatAnswer(
                "Still looking.",
                List.of(
                    search(rounds.incrementAndGet()),
                    new ToolCall("2", "list_jobs", "{}"),
                    new ToolCall("3", "list_jobs", "{}"),
                    new ToolCall("4", "list_jobs", "{}"),
                    new ToolCall("5", "list_jobs", "{}")),
                ChatAnswer.Stop.TOOLS,
                dev.sandpiper.edge.llm.Usage.NONE,
                "m"));
    assertThat(ask(librarian(models), ADA, QUESTION)).startsWith("Still looking.");
    assertThat(models.asked).hasSize(4);
    ChatRequest last = models.asked.getLast();
    assertThat(last.messages().getLast())
        .isEqualTo(new ChatMessage.User("Use no more tools. Answer now."));
    assertThat(last.toString()).contains("Too many tools at once; use it later.");
  }

  private static ToolCall search(int number) {
    return new ToolCall("1", "search_library", "{\"query\":\"boiler " + number + "\"}");
  }

  @Test
  void aModelThatWantsTheSameAgainIsStopped() throws Exception {
    ScriptedModels models =
        ScriptedModels.of(_ ->
            new ChatAnswer(
                "The warranty is being looked up.",
                List.of(new ToolCall("1", "search_library", "{ \"query\" : \"boiler\" }")),
                ChatAnswer.Stop.TOOLS,
                dev.sandpiper.edge.llm.Usage.NONE,
                "m"));
    List<String> loops = new ArrayList<>();
    assertThat(
            ask(
                librarian(models, CONFIG, (workflow, tool) -> loops.add(workflow + " " + tool)),
                ADA,
                QUESTION))
        .contains("The warranty is being looked up.")
        .contains("(The model went round in circles while it looked things up, so I stopped it.)");
    assertThat(models.asked).hasSize(3);
    assertThat(models.asked.getLast().messages().getLast())
        .isEqualTo(new ChatMessage.User("Use no more tools. Answer now."));
    assertThat(loops).containsExactly("ask search_library");
  }

  @Test
  void aModelThatComesToAnEndWhenToldIsNotOneThatLoops() throws Exception {
    ScriptedModels models =
        ScriptedModels.of(request ->
            request.messages().getLast() instanceof ChatMessage.User(String text)
                    && text.startsWith("Use no more tools")
                ? ScriptedModels.says("Ten years [1].")
                : ScriptedModels.calls(new ToolCall("1", "list_jobs", "{}")));
    List<String> loops = new ArrayList<>();
    assertThat(
            ask(
                librarian(models, CONFIG, (workflow, tool) -> loops.add(workflow + " " + tool)),
                ADA,
                QUESTION))
        .doesNotContain("circles");
    assertThat(loops).isEmpty();
  }
}
