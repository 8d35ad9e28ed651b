package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The passages a model is shown while it answers one question, numbered in the order they came.
/// Only these can be cited.
final class Sources {
  private final Map<Long, Integer> numbers = new LinkedHashMap<>();
  private final List<Passage> passages = new ArrayList<>();
  private final Set<Long> withdrawn = new HashSet<>();

  /// Numbers passages; one that is known keeps its number.
  void add(List<Passage> more) {
    for (Passage passage : more) {
      if (numbers.putIfAbsent(passage.id(), passages.size() + 1) == null) {
        passages.add(passage);
      }
    }
  }

  Optional<Passage> find(int number) {
    return number >= 1 && number <= passages.size()
        ? Optional.of(passages.get(number - 1)).filter(passage -> !withdrawn.contains(passage.id()))
        : Optional.empty();
  }

  /// Takes out what must not be cited; the other numbers stay.
  ///
  /// @return whether there was any
  boolean forget(Predicate<Passage> which) {
    boolean some = false;
    for (int i = 0; i < passages.size(); i++) {
      if (withdrawn.contains(passages.get(i).id()) || which.test(passages.get(i))) {
        some |= withdrawn.add(passages.get(i).id());
      }
    }
    return some;
  }

  boolean isEmpty() {
    return passages.isEmpty();
  }

  /// What they say, with their names and titles.
  List<String> texts() {
    return passages.stream().map(Sources::content).toList();
  }

  /// Passages as a model reads them: all that comes from a document stands inside the fence, its
  /// name and title too.
  String fenced(List<Passage> shown, Fence fence) {
    return shown.stream()
        .map(passage ->
            fence.hold("passage " + numbers.getOrDefault(passage.id(), 0), content(passage)))
        .collect(Collectors.joining());
  }

  static String content(Passage passage) {
    DocumentInfo document = passage.document();
    StringBuilder text = new StringBuilder("file: ").append(document.name()).append('\n');
    if (document.title() != null) {
      text.append("title: ").append(document.title()).append('\n');
    }
    if (!document.authors().isEmpty()) {
      text.append("authors: ").append(String.join(", ", document.authors())).append('\n');
    }
    if (document.created() != null) {
      text.append("date: ").append(document.created().toString(), 0, 10).append('\n');
    }
    if (passage.pages() != null) {
      text.append("page: ").append(passage.pages().first()).append('\n');
    } else if (passage.place() != null) {
      text.append("place: ").append(passage.place()).append('\n');
    }
    if (!passage.headings().isEmpty()) {
      text.append("under: ").append(String.join(" / ", passage.headings())).append('\n');
    }
    return text.append('\n').append(passage.text()).toString();
  }
}
