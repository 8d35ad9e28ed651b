package dev.sandpiper.parser.format.container;

import dev.sandpiper.parser.task.ParseBudget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Spends every byte that passes, skipped ones too, so that no entry can expand without bound.
final class SpendingStream extends FilterInputStream {

  private final ParseBudget budget;

  SpendingStream(InputStream in, ParseBudget budget) {
    super(in);
    this.budget = budget;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      budget.spendDecompressed(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      budget.spendDecompressed(count);
      budget.checkDeadline();
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    budget.spendDecompressed(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
