package dev.sandpiper.contract;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks for one document, or a range of its pages, to be parsed.
///
/// @param requestId the caller's id, echoed in the reply
/// @param document the document
/// @param pages pages to parse, 1-based and inclusive; `null` means all
/// @param outputs what the reply shall contain; never empty
/// @param limits limits the function keeps to
/// @param split whether and how the function may answer [ParseReply.Split] instead of parsing
/// @param result where the content goes
public record ParseRequest(
    String requestId,
    DocumentRef document,
    @Nullable PageRange pages,
    Set<Output> outputs,
    Limits limits,
    SplitPolicy split,
    ResultTarget result)
    implements FunctionRequest {

  public ParseRequest {
    FunctionRequest.requireId(requestId);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "outputs must name at least one of " + Set.of(Output.values()));
    }
    if (outputs.contains(Output.PAGES) && outputs.size() > 1) {
      throw new IllegalArgumentException("outputs: pages cannot be combined with other outputs");
    }
    outputs = Set.copyOf(EnumSet.copyOf(outputs));
  }
}
