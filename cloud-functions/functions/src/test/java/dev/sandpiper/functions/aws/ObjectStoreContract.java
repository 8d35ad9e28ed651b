package dev.sandpiper.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.functions.ObjectGoneException;
import dev.sandpiper.functions.ObjectStore;
import dev.sandpiper.functions.ObjectTooBigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the function relies on, whoever stands in for S3. That corrupted bytes are refused is not
/// here: moto takes them.
@Timeout(120)
abstract class ObjectStoreContract {

  static final String BUCKET = "sandpiper-in";

  @TempDir Path folder;

  /// The store with an empty [#BUCKET].
  abstract ObjectStore store();

  @ParameterizedTest
  @ValueSource(strings = {"in/pi/plain", "out/pi/a b+c%2Fd=e&f~ü.job-1/2", "out/pi/ünïcødé"})
  void objectComesBackAsItWasStored(String key) throws Exception {
    byte[] bytes = "Grüße".getBytes(StandardCharsets.UTF_8);
    put(key, bytes);

    assertThat(get(key, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void largeObjectComesBackAsItWasStored() throws Exception {
    byte[] bytes = new byte[9 << 20];
    new Random(7).nextBytes(bytes);
    put("out/pi/large", bytes);

    assertThat(get("out/pi/large", bytes.length)).isEqualTo(bytes);
  }

  @Test
  void emptyObjectIsOne() throws Exception {
    put("out/pi/empty", new byte[0]);

    assertThat(get("out/pi/empty", 0)).isEmpty();
  }

  @Test
  void laterObjectReplacesTheEarlierOne() throws Exception {
    put("out/pi/twice", "earlier and longer".getBytes(StandardCharsets.UTF_8));
    put("out/pi/twice", "later".getBytes(StandardCharsets.UTF_8));
    Path file = Files.writeString(folder.resolve("file"), "a leftover of an earlier attempt");

    store().get(new Source.S3(BUCKET, "out/pi/twice", null), file, 100);

    assertThat(file).hasContent("later");
  }

  @Test
  void objectThatIsGoneIsToldApart() {
    assertThatThrownBy(() -> get("in/pi/gone", 100))
        .isInstanceOf(ObjectGoneException.class)
        .hasMessage("there is no s3://sandpiper-in/in/pi/gone");
  }

  @Test
  void missingBucketIsNoMissingObject() {
    Source.S3 elsewhere = new Source.S3("sandpiper-nowhere", "in/pi/x", null);

    assertThatThrownBy(() -> store().get(elsewhere, folder.resolve("file"), 100))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ObjectGoneException.class)
        .hasMessageStartingWith("S3 failed: ");
  }

  @Test
  void objectBeyondTheBoundIsRefused() throws Exception {
    put("in/pi/big", new byte[1_001]);

    assertThat(get("in/pi/big", 1_001)).hasSize(1_001);
    assertThatThrownBy(() -> get("in/pi/big", 1_000))
        .isInstanceOf(ObjectTooBigException.class)
        .hasMessage("s3://sandpiper-in/in/pi/big has more than the 1,000 bytes announced.");
  }

  private void put(String key, byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("put"), bytes);
    store().put(file, new ResultTarget.S3(BUCKET, key), stored(bytes));
  }

  byte[] get(String key, long maxBytes) throws IOException {
    Path file = folder.resolve("get");
    store().get(new Source.S3(BUCKET, key, null), file, maxBytes);
    return Files.readAllBytes(file);
  }

  static ParseReply.Stored stored(byte[] bytes) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    return new ParseReply.Stored(HexFormat.of().formatHex(hash), bytes.length);
  }
}
