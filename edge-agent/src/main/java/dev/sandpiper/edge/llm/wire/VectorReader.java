package dev.sandpiper.edge.llm.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Reads vectors while they come: as a tree they would take a hundred times their room. It looks
/// for the fields in which any of the APIs puts them.
final class VectorReader {

  /// Longest vector.
  private static final int LONGEST = 16_384;

  /// Most bytes of one answer.
  private static final int MOST_BYTES = 16 << 20;

  private static final Set<String> VECTORS = Set.of("embedding", "embeddings", "values");
  private static final Set<String> TOKENS =
      Set.of("prompt_tokens", "prompt_eval_count", "promptTokenCount");

  private final int expected;
  private final List<float[]> inOrder = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private long tokens = -1;
  private String field = "";
  private int place = -1;
  private int pending;

  /// @param expected how many vectors there must be
  VectorReader(int expected) {
    this.expected = expected;
  }

  void read(InputStream body) throws IOException {
    try (JsonParser json = JsonValue.FACTORY.createParser(bounded(body))) {
      JsonToken token = json.nextToken();
      while (token != null) {
        if (token != JsonToken.START_ARRAY || !VECTORS.contains(field)) {
          look(json, token);
          token = json.nextToken();
          continue;
        }
        // Numbers are a vector; anything else is a list of them.
        token = json.nextToken();
        if (token != null && token.isNumeric()) {
          inOrder.add(vector(json));
          pending++;
          token = json.nextToken();
        }
      }
    }
  }

  private void look(JsonParser json, JsonToken token) throws IOException {
    switch (token) {
      case FIELD_NAME -> field = json.currentName();
      case VALUE_NUMBER_INT -> {
        place = field.equals("index") ? json.getIntValue() : place;
        tokens = TOKENS.contains(field) ? json.getLongValue() : tokens;
      }
      case END_OBJECT -> {
        for (; pending > 0; pending--) {
          places.add(place < 0 ? places.size() : place);
        }
        place = -1;
      }
      default -> {}
    }
  }

  private static InputStream bounded(InputStream body) {
    return new InputStream() {
      private long left = MOST_BYTES;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = body.read(bytes, offset, length);
        left -= n;
        if (left < 0) {
          throw new BrokenAnswerException("does not end after " + MOST_BYTES + " bytes");
        }
        return n;
      }
    };
  }

  /// The rest of a vector whose first number was just read.
  private static float[] vector(JsonParser json) throws IOException {
    float[] numbers = new float[256];
    int count = 0;
    for (JsonToken token = json.currentToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == null || !token.isNumeric() || count == LONGEST) {
        throw new BrokenAnswerException("has a vector that is none");
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = json.getFloatValue();
    }
    return normal(Arrays.copyOf(numbers, count));
  }

  /// Makes it of length 1.
  private static float[] normal(float[] vector) throws BrokenAnswerException {
    double squares = 0;
    for (float part : vector) {
      squares += (double) part * part;
    }
    double length = Math.sqrt(squares);
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new BrokenAnswerException("has a vector without a length");
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  /// Tokens that went in; −1 when the provider does not say.
  long tokens() {
    return tokens;
  }

  /// One vector for each text, in the order of the texts.
  List<float[]> vectors() throws BrokenAnswerException {
    float[][] vectors = new float[expected][];
    int found = 0;
    for (int i = 0; i < Math.min(inOrder.size(), places.size()); i++) {
      int place = places.get(i);
      if (place >= 0 && place < expected && vectors[place] == null) {
        vectors[place] = inOrder.get(i);
        found++;
      }
    }
    if (found != expected || inOrder.size() != expected) {
      throw new BrokenAnswerException(
          "has " + inOrder.size() + " vectors for " + expected + " texts");
    }
    return List.of(vectors);
  }
}
