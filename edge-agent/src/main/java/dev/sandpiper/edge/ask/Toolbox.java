package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatMessage.ToolResult;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.ToolSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tools offered in one turn. What is not offered cannot be used, whoever asks for it.
final class Toolbox {
  /// Most tools used after one another before the model is asked again.
  private static final int MOST_AT_ONCE = 4;

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  Toolbox(List<Tool> offered) {
    offered.forEach(tool -> tools.put(tool.spec().name(), tool));
  }

  List<ToolSpec> specs() {
    return tools.values().stream().map(Tool::spec).toList();
  }

  /// Uses the tools a model asks for; every call gets its result.
  List<ToolResult> use(List<ToolCall> calls, Workbench bench, Fence fence)
      throws InterruptedException {
    List<ToolResult> results = new java.util.ArrayList<>();
    for (ToolCall call : calls) {
      Tool.Outcome outcome =
          results.size() < MOST_AT_ONCE
              ? use(call, bench)
              : new Tool.Outcome.Refused("Too many tools at once; use it later.");
      results.add(result(call, outcome, bench, fence));
    }
    return results;
  }

  private Tool.Outcome use(ToolCall call, Workbench bench) throws InterruptedException {
    Tool tool = tools.get(call.tool());
    if (tool == null) {
      return new Tool.Outcome.Refused(
          tools.isEmpty()
              ? "There are no tools."
              : "There is no such tool. Tools: " + String.join(", ", tools.keySet()) + ".");
    }
    try {
      JsonValue arguments = JsonValue.read(call.arguments());
      Optional<String> problem = Tool.problem(tool, arguments);
      return problem.isPresent()
          ? new Tool.Outcome.Refused(problem.get())
          : tool.use(arguments, bench);
    } catch (IOException _) {
      return new Tool.Outcome.Refused("The arguments are not JSON.");
    }
  }

  private static ToolResult result(
      ToolCall call, Tool.Outcome outcome, Workbench bench, Fence fence) {
    return switch (outcome) {
      case Tool.Outcome.Told(String words, var passages) -> {
        bench.sources().add(passages);
        String text = words + "\n" + bench.sources().fenced(passages, fence);
        yield new ToolResult(call.id(), call.tool(), text.strip(), false);
      }
      case Tool.Outcome.Refused(String why) -> new ToolResult(call.id(), call.tool(), why, true);
    };
  }
}
