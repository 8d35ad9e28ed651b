package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.HttpConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.health.CheckResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningChecksTest {
  @TempDir Path home;

  private AgentClient agent(int port) {
    HttpConfig http =
        ConfigFile.parse("", Optional.empty(), new Environment(Map.of(), home)).http();
    return new AgentClient(http, port, new Secret("0123456789abcdef0123456789abcdef"));
  }

  private List<CheckResult> answered(int status, String json) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/readyz",
        exchange -> {
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      return RunningChecks.of(agent(server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  /// Also of an agent that is not ready; what doctor has seen itself is not said twice.
  @Test
  void itTellsWhatOnlyTheAgentKnows() throws IOException {
    assertThat(
            answered(
                503,
                """
                {"ready":false,"checks":[
                  {"name":"store","status":"ok","detail":"takes writes","fix":""},
                  {"name":"telegram","status":"fail","detail":"401","fix":"Renew the token."},
                  {"name":"model main","status":"warn","detail":"resting","fix":"Wait."},
                  {"name":"discord","status":"ok","detail":"connected","fix":""}]}
                """))
        .containsExactly(
            CheckResult.fail("telegram", "401", "Renew the token."),
            CheckResult.warn("model main", "resting", "Wait."),
            CheckResult.ok("discord", "connected"));
  }

  @Test
  void anAgentThatRefusesIsAFinding() throws IOException {
    assertThat(answered(401, "{\"title\":\"Unauthorized\",\"detail\":\"the token is wrong\"}"))
        .containsExactly(
            CheckResult.fail(
                "channels",
                "the agent answered: the token is wrong",
                "Use the configuration and the token that the agent was started with."));
  }

  @Test
  void anAgentThatIsGoneIsAFinding() throws IOException {
    int port;
    try (java.net.ServerSocket free =
        new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(RunningChecks.of(agent(port)))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.status()).isEqualTo(CheckResult.Status.FAIL);
          assertThat(found.detail()).startsWith("the agent could not be asked: ");
          assertThat(found.fix()).isEqualTo("Look at what it printed, then start it anew.");
        });
  }
}
