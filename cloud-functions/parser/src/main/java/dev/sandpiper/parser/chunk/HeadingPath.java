package dev.sandpiper.parser.chunk;

import dev.sandpiper.parser.document.Block;
import java.util.ArrayList;
import java.util.List;

/// The headings above the block being read.
final class HeadingPath {

  /// A heading and the ones above it. Compared by identity: two sections may have the same name.
  static final class Title {
    private final Block.Heading heading;
    private final List<Title> above;
    private boolean used;

    Title(Block.Heading heading, List<Title> above) {
      this.heading = heading;
      this.above = above;
    }

    Block.Heading heading() {
      return heading;
    }

    List<Title> above() {
      return above;
    }

    String text() {
      return heading.text().plain().replace('\n', ' ').strip();
    }
  }

  private final List<Title> path = new ArrayList<>();

  /// Goes under a heading.
  ///
  /// @return the headings left without any content under them, outermost first
  List<Title> enter(Block.Heading heading) {
    int keep = 0;
    while (keep < path.size() && path.get(keep).heading().level() < heading.level()) {
      keep++;
    }
    List<Title> unused = close(keep);
    path.forEach(title -> title.used = true);
    path.add(new Title(heading, List.copyOf(path)));
    return unused;
  }

  /// Leaves all headings.
  List<Title> closeAll() {
    return close(0);
  }

  /// The headings above a block.
  List<Title> use() {
    path.forEach(title -> title.used = true);
    return List.copyOf(path);
  }

  private List<Title> close(int keep) {
    List<Title> closed = path.subList(keep, path.size());
    List<Title> unused = closed.stream().filter(title -> !title.used).toList();
    closed.clear();
    return unused;
  }
}
