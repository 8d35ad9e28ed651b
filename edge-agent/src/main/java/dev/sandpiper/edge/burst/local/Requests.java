package dev.sandpiper.edge.burst.local;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.JoinRequest;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.burst.BurstTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts a task's files before a worker and makes the request that names them.
final class Requests {

  private static final String DOCUMENT = "document";
  private static final ResultTarget RESULT = new ResultTarget.File(Exchange.RESULT);

  private Requests() {}

  /// The request as JSON; only references travel, never bytes.
  static byte[] stage(BurstTask task, Exchange exchange) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    RequestJson.write(request(task, exchange), json);
    return json.toByteArray();
  }

  private static FunctionRequest request(BurstTask task, Exchange exchange) throws IOException {
    return switch (task) {
      case BurstTask.Parse parse -> {
        exchange.share(parse.document().file(), DOCUMENT);
        yield new ParseRequest(
            parse.requestId(),
            reference(parse.document()),
            parse.pages(),
            parse.outputs(),
            parse.limits(),
            parse.split(),
            RESULT);
      }
      case BurstTask.Join join -> {
        List<Source> parts = new ArrayList<>();
        for (Path part : join.parts()) {
          String name = "part-" + parts.size();
          exchange.share(part, name);
          parts.add(new Source.File(name));
        }
        yield new JoinRequest(
            join.requestId(), reference(join.document()), parts, join.limits(), RESULT);
      }
    };
  }

  private static DocumentRef reference(BurstTask.DocumentFile document) {
    return new DocumentRef(
        document.name(),
        document.sha256(),
        document.size(),
        document.mediaType(),
        new Source.File(DOCUMENT));
  }
}
