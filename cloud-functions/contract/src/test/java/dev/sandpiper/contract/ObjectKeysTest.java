package dev.sandpiper.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.ObjectKeys.CloudRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {

  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void keysNameTheDevice() {
    ObjectKeys keys = new ObjectKeys("pi-1");
    assertThat(keys.document(HASH)).isEqualTo("in/pi-1/" + HASH);
    assertThat(keys.result(new CloudRequest(HASH, "job-17-3")))
        .isEqualTo("out/pi-1/" + HASH + ".job-17-3");
  }

  @Test
  void aWireIdIsReadBack() {
    CloudRequest request = new CloudRequest(HASH, "job-17-3.x");
    assertThat(CloudRequest.find(request.wireId())).contains(request);
    assertThat(request.wireId().length()).isLessThanOrEqualTo(FunctionRequest.MAX_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "job-17-3", "0123.job", "0123456789abcdef."})
  void whatIsNotOursIsNotRead(String id) {
    assertThat(CloudRequest.find(id)).isEmpty();
  }

  @Test
  void anIdMustFitTheWire() {
    assertThatThrownBy(() -> new CloudRequest(HASH, "x".repeat(64)))
        .hasMessage("a request's id has 1 to 63 characters, not 64");
  }

  @Test
  void aKeyTellsItsDevice() {
    assertThat(ObjectKeys.owner("in/pi-1/" + HASH)).contains(new ObjectKeys("pi-1"));
    assertThat(ObjectKeys.owner("out/nas/x")).contains(new ObjectKeys("nas"));
    assertThat(ObjectKeys.owner("else/nas/x")).isEmpty();
    assertThat(ObjectKeys.owner("in/../x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Pi", "1pi", "a/b", "..", "an-exceedingly-long-name-of-a-device"})
  void aDeviceHasAPlainName(String name) {
    assertThatThrownBy(() -> new ObjectKeys(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name + "\"");
  }
}
