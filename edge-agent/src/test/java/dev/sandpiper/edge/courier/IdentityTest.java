package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.identity.CredentialSource;
import dev.sandpiper.edge.identity.IdentityException;
import dev.sandpiper.edge.identity.SessionCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-27T12:00:00Z"));
  private final AtomicInteger fetched = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final CredentialSource source =
      () -> {
        if (broken.get()) {
          throw new IdentityException(IdentityException.Kind.NETWORK, "no way");
        }
        return new SessionCredentials(
            "key" + fetched.incrementAndGet(), "secret", "token", now.get().plusSeconds(3_600));
      };
  private final Identity identity = Identity.ofSource(source, now::get);

  @Test
  void manyRequestsShareOneFetch() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        threads.execute(identity::resolveCredentials);
      }
    }
    assertThat(fetched).hasValue(1);
  }

  @Test
  void credentialsAreRenewedFiveMinutesBeforeTheirEnd() {
    assertThat(key()).isEqualTo("key1");
    later(Duration.ofMinutes(54));
    assertThat(key()).isEqualTo("key1");
    later(Duration.ofMinutes(1));
    assertThat(key()).isEqualTo("key2");
  }

  @Test
  void oldCredentialsServeWhileARenewalFails() {
    assertThat(key()).isEqualTo("key1");
    later(Duration.ofMinutes(57));
    broken.set(true);
    assertThat(key()).isEqualTo("key1");
    later(Duration.ofMinutes(4));
    assertThatThrownBy(this::key).isInstanceOf(IdentityException.class);
  }

  @Test
  void credentialsThatAreRefusedAreGivenUpOnce() {
    assertThat(key()).isEqualTo("key1");
    int generation = identity.generation();
    identity.renew(generation);
    assertThat(key()).isEqualTo("key2");
    identity.renew(generation); // another request that was signed with the old ones
    assertThat(key()).isEqualTo("key2");
  }

  private void later(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private String key() {
    return identity.resolveCredentials().accessKeyId();
  }
}
