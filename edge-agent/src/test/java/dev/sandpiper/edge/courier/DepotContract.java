package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.ParseReply.Stored;
import dev.sandpiper.edge.courier.Depot.Side;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every depot does.
@Timeout(120)
abstract class DepotContract {

  private static final RandomGenerator RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  @TempDir Path folder;

  /// Other tests may share the buckets.
  private final String prefix = "in/d" + System.nanoTime() + "/";

  /// A depot with two empty buckets.
  abstract Depot depot();

  @Test
  void aDocumentComesBackAsItWent() throws IOException {
    Depot.Parcel parcel = parcel("a", 70_000);
    depot().put(parcel);
    depot().getDocument(parcel.key(), parcel.sha256(), folder.resolve("back"));
    assertThat(folder.resolve("back")).hasSameBinaryContentAs(parcel.file());
    assertThat(folder.resolve("back.part")).doesNotExist();
  }

  @Test
  void anEmptyDocumentIsADocument() throws IOException {
    Depot.Parcel parcel = parcel("empty", 0);
    depot().put(parcel);
    depot().getDocument(parcel.key(), parcel.sha256(), folder.resolve("back"));
    assertThat(folder.resolve("back")).isEmptyFile();
  }

  @Test
  void aLargeDocumentGoesInParts() throws IOException {
    Depot.Parcel parcel = parcel("large", (int) S3Depot.ONE_PIECE + 4_321);
    depot().put(parcel);
    depot().getDocument(parcel.key(), parcel.sha256(), folder.resolve("back"));
    assertThat(folder.resolve("back")).hasSameBinaryContentAs(parcel.file());
  }

  /// Whether it looks at checksums, as S3 does.
  boolean looksAtChecksums() {
    return true;
  }

  @Test
  void aDocumentThatIsNotWhatItsHashSaysIsRefused() throws IOException {
    if (!looksAtChecksums()) {
      return;
    }
    Depot.Parcel parcel = parcel("a", 100);
    Files.write(parcel.file(), new byte[100]);
    assertThatThrownBy(() -> depot().put(parcel)).isInstanceOf(CloudException.class);
  }

  @Test
  void anObjectThatIsNotThereIsLost() throws IOException {
    Depot.Parcel parcel = parcel("a", 100);
    Stored stored = new Stored(parcel.sha256(), 100);
    assertThatThrownBy(() -> depot().get(Side.OUT, "out/pi/none", folder.resolve("no"), stored))
        .isInstanceOf(CloudException.Lost.class)
        .hasMessage("There is no object out/pi/none any more.");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void anObjectThatIsSomethingElseIsLost() throws IOException {
    Depot.Parcel parcel = parcel("a", 100);
    depot().put(parcel);
    for (Stored wrong : List.of(new Stored("0".repeat(64), 100), new Stored(parcel.sha256(), 99))) {
      assertThatThrownBy(() -> depot().get(Side.IN, parcel.key(), folder.resolve("no"), wrong))
          .isInstanceOf(CloudException.Lost.class)
          .hasMessage(parcel.key() + " is not what was announced: its hash differs.");
      assertThat(folder.resolve("no")).doesNotExist();
      assertThat(folder.resolve("no.part")).doesNotExist();
    }
  }

  @Test
  void manyObjectsAreDeletedAtOnceAndMissingOnesToo() throws IOException {
    List<String> keys = new ArrayList<>(List.of(prefix + "never"));
    for (int i = 0; i < 12; i++) {
      Depot.Parcel parcel = parcel("doc" + i, 10);
      depot().put(parcel);
      keys.add(parcel.key());
    }
    assertThat(depot().delete(Side.IN, keys)).isEmpty();
    List<Notice.Item> left = new ArrayList<>();
    depot().list(prefix, Integer.MAX_VALUE, left::addAll);
    assertThat(left).isEmpty();
  }

  @Test
  void aListNamesDocumentsOfThePrefixOnly() throws IOException {
    Depot.Parcel parcel = parcel("Bericht für März.pdf", 10);
    depot().put(parcel);
    List<Notice.Item> found = new ArrayList<>();
    depot().list(prefix, Integer.MAX_VALUE, found::addAll);
    assertThat(found)
        .containsExactly(
            new Notice.Item(parcel.key(), 10, "Bericht für März.pdf", "application/pdf"));
    found.clear();
    depot().list("in/other/", Integer.MAX_VALUE, found::addAll);
    assertThat(found).isEmpty();
    depot().delete(Side.IN, List.of(parcel.key()));
  }

  @Test
  void aFileThatIsGoneIsNotTheNetworksFault() throws IOException {
    Depot.Parcel parcel = parcel("a", 100);
    Files.delete(parcel.file());
    assertThatThrownBy(() -> depot().put(parcel))
        .isInstanceOfSatisfying(
            CloudException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INTERNAL));
  }

  @Test
  void bothSidesCanBeProbed() {
    depot().probe(Side.IN, "in/pi/");
    depot().probe(Side.OUT, "out/pi/");
  }

  private Depot.Parcel parcel(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    Path file = Files.write(folder.resolve(name), bytes);
    String sha = HexFormat.of().formatHex(Downloads.sha256().digest(bytes));
    return new Depot.Parcel(prefix + sha, file, size, sha, name, "application/pdf");
  }
}
