package dev.sandpiper.edge.courier.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenLinesTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/dev/sandpiper/edge/courier/protocol");

  static List<String> orders() throws IOException {
    return Files.readAllLines(FOLDER.resolve("orders.jsonl"));
  }

  static List<String> notices() throws IOException {
    return Files.readAllLines(FOLDER.resolve("notices.jsonl"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void anOrderIsWrittenAsItIsRead(String line) {
    Order order = OrderJson.read(line.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(OrderJson.line(order), StandardCharsets.UTF_8)).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @MethodSource("notices")
  void aNoticeIsWrittenAsItIsRead(String line) {
    Notice notice = NoticeJson.read(line.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(NoticeJson.line(notice), StandardCharsets.UTF_8)).isEqualTo(line + "\n");
  }

  @Test
  void everyKindOfMessageHasALine() throws IOException {
    assertThat(kinds(orders().stream().map(l -> OrderJson.read(bytes(l)).getClass()).toList()))
        .isEqualTo(Set.of(Order.class.getPermittedSubclasses()));
    assertThat(kinds(notices().stream().map(l -> NoticeJson.read(bytes(l)).getClass()).toList()))
        .isEqualTo(Set.of(Notice.class.getPermittedSubclasses()));
  }

  private static Set<Class<?>> kinds(List<? extends Class<?>> classes) {
    return classes.stream().collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"op\":\"stop\"} {}",
        "{\"op\":\"dance\"}",
        "{\"id\":\"job-1-1\"}",
        "{\"op\":\"stored\"}",
        "{\"op\":\"stored\",\"id\":7}",
        "{\"op\":\"fetch\",\"key\":\"in/pi/x\",\"file\":\"relative\"}",
        "{\"op\":\"task\",\"route\":\"burst\",\"request\":{\"v\":1}}",
        "{\"op\":\"task\",\"route\":\"sideways\",\"request\":{}}",
      })
  void aBrokenLineIsNoOrder(String line) {
    assertThatThrownBy(() -> OrderJson.read(bytes(line))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aLineHasABound() throws IOException {
    byte[] longest = new byte[Lines.MAX_BYTES + 1];
    Arrays.fill(longest, (byte) 'a');
    longest[Lines.MAX_BYTES] = '\n';
    assertThat(new Lines(new ByteArrayInputStream(longest)).next()).hasSize(Lines.MAX_BYTES);
    longest[Lines.MAX_BYTES] = 'a';
    assertThatThrownBy(() -> new Lines(new ByteArrayInputStream(longest)).next())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a line is longer than 1048576 bytes");
  }

  @Test
  void aLineThatWasCutOffIsNone() throws IOException {
    Lines lines = new Lines(new ByteArrayInputStream(bytes("\nwhole\n{\"op\":\"sto")));
    assertThat(lines.next()).isEqualTo(bytes("whole"));
    assertThat(lines.next()).isNull();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
