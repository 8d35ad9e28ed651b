package dev.sandpiper.contract;

import java.util.List;

/// Asks for the parts of a split document to be joined into one result.
///
/// Each part is the stored reply to a [ParseRequest] with `outputs = [pages]`, in page order.
/// Joining runs in the function, because heading levels, cross-page tables and chunks depend on the
/// whole document: the joined result equals the unsplit one.
///
/// @param requestId the caller's id, echoed in the reply
/// @param document the document the parts came from
/// @param parts where the stored part replies are, in page order; never empty
/// @param limits limits the function keeps to
/// @param result where the content goes
public record JoinRequest(
    String requestId, DocumentRef document, List<Source> parts, Limits limits, ResultTarget result)
    implements FunctionRequest {

  public JoinRequest {
    FunctionRequest.requireId(requestId);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts must not be empty");
    }
    parts = List.copyOf(parts);
  }
}
