package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.channel.web.WebFile;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Messages of the owner to somebody, for scripts: with the token only.
final class SendRoutes {

  private static final int LONGEST = 32_000;

  private final ChatParts parts;
  private final Dispatch dispatch;

  SendRoutes(ChatParts parts, Dispatch dispatch) {
    this.parts = parts;
    this.dispatch = dispatch;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/chat/sends", this::send), Route.get("/v1/chat/sends/{key}", this::show));
  }

  private Response send(Request request) throws IOException {
    JsonValue body = JsonBody.read(request);
    Visitor owner = parts.door().owner();
    String text = body.text("text", "").strip();
    List<Outgoing> content = new ArrayList<>();
    if (text.length() > LONGEST) {
      throw Problem.of(
              413, "Content too large", "A text has at most %,d characters.".formatted(LONGEST))
          .thrown();
    }
    if (!text.isEmpty()) {
      content.add(Outgoing.text(text));
    }
    for (JsonValue item : body.at("files").items()) {
      String id = item instanceof JsonValue.Text(String value) ? value : "";
      WebFile file =
          parts
              .channel()
              .history()
              .file(owner.id(), id)
              .orElseThrow(() ->
                  Problem.of(409, "Conflict", "There is no such file; send it again.").thrown());
      content.add(new Outgoing.Attachment(file.name(), file.mediaType(), file.sha256(), ""));
    }
    if (content.isEmpty()) {
      throw Problem.badRequest("A message needs text or files.").thrown();
    }
    String to = body.text("to", "");
    return switch (dispatch.send(to.isEmpty() ? "web:" + owner.id() : to, content)) {
      case Dispatch.Sent.Kept(var key, var address) ->
          Response.json(
              202,
              Json.bytes(json -> {
                json.writeStartObject();
                json.writeStringField("key", key);
                json.writeStringField("to", address.text());
                json.writeEndObject();
              }));
      case Dispatch.Sent.NobodyThere(String why) -> throw Problem.notFound(why).thrown();
    };
  }

  private Response show(Request request) {
    Dispatch.Standing standing =
        dispatch
            .find(request.parameter("key"))
            .orElseThrow(() ->
                Problem.notFound("No message goes by that key; it may have been cleared away.")
                    .thrown());
    return Response.ok(json -> {
      json.writeStartObject();
      json.writeStringField("state", standing.state());
      json.writeBooleanField("open", standing.open());
      json.writeBooleanField("arrived", standing.arrived());
      json.writeStringField("reason", standing.reason());
      json.writeEndObject();
    });
  }
}
