package dev.sandpiper.functions.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.functions.ObjectGoneException;
import dev.sandpiper.functions.ObjectStore;
import dev.sandpiper.standin.thirdparty.S3Mock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3MockObjectStoreIT extends ObjectStoreContract {

  private S3Mock server;
  private Clients clients;

  @BeforeAll
  void start() throws Exception {
    server = S3Mock.start(List.of(BUCKET));
    TrustManager[] trusted = server.trustManagers();
    clients =
        ClientsFor.endpoint(
            server.endpoint(),
            S3Mock.REGION,
            UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> trusted).build());
  }

  @AfterAll
  void stop() throws Exception {
    clients.close();
    server.close();
  }

  @Override
  ObjectStore store() {
    return new S3Objects(clients::s3);
  }

  @Test
  void bytesThatAreNotTheAnnouncedOnesAreNotStored() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "some bytes");
    ParseReply.Stored others = stored("other bytes".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(
            () -> store().put(file, new ResultTarget.S3(BUCKET, "out/pi/corrupt"), others))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get("out/pi/corrupt", 100)).isInstanceOf(ObjectGoneException.class);
  }
}
