package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.Hook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The doors of channels. A hook's body is whole before the hook sees it, so that a slow sender
/// holds a connection and nothing else.
final class HookRoutes {

  private final Map<String, Hook> hooks = new HashMap<>();

  HookRoutes(List<Hook> hooks) {
    for (Hook hook : hooks) {
      if (this.hooks.put(hook.name(), hook) != null) {
        throw new IllegalArgumentException("two hooks are called " + hook.name());
      }
    }
  }

  List<Route> routes() {
    return List.of(new Route("POST", "/hooks/{name}", Route.Access.HOOK, this::receive));
  }

  private Response receive(Request request) throws IOException {
    Hook hook = hooks.get(request.parameter("name"));
    if (hook == null) {
      throw Problem.notFound("There is no such hook.").thrown();
    }
    if (request.length() > Hook.MAX_BODY) {
      throw tooLarge();
    }
    byte[] body = request.body().readNBytes(Hook.MAX_BODY + 1);
    if (body.length > Hook.MAX_BODY) {
      throw tooLarge();
    }
    Hook.Answer answer = hook.receive(request.headers(), new ByteArrayInputStream(body));
    String json = answer.json();
    return new Response.Whole(
        answer.status(),
        json == null ? "" : "application/json",
        Map.of(),
        json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem.Thrown tooLarge() {
    return Problem.of(413, "Content too large", "A hook takes at most 1 MiB.").thrown();
  }
}
