package dev.sandpiper.edge.library;

import dev.sandpiper.contract.PageRange;
import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The passages of the documents: what questions are answered from.
public final class Passages {
  private final Database database;

  /// Looks into `database`.
  public Passages(Database database) {
    this.database = database;
  }

  /// The best passages for a question, best first.
  public List<Passage> search(PassageQuery query) {
    return database.read(tx -> new PassageSearch(tx, query).run());
  }

  /// The passages of a document, in order.
  ///
  /// @param pages only those that touch these pages; `null`: all
  /// @param characters about how many characters of text to answer at most
  public Reading read(String sha256, @Nullable PageRange pages, long characters) {
    return database.read(tx -> {
      List<Passage> read = new ArrayList<>();
      long[] size = {0};
      boolean[] more = {false};
      Optional<DocumentInfo> document = Documents.find(tx, sha256);
      document.ifPresent(its ->
          ChunkIndex.each(
              tx,
              its.id(),
              pages,
              chunk -> {
                more[0] = size[0] >= characters;
                if (!more[0]) {
                  read.add(PassageSearch.passage(its, chunk));
                  size[0] += chunk.text().length();
                }
                return !more[0];
              }));
      return new Reading(read, more[0]);
    });
  }

  /// Part of a document.
  ///
  /// @param hasMore whether something was left out at the end
  public record Reading(List<Passage> passages, boolean hasMore) {
    public Reading {
      passages = List.copyOf(passages);
    }
  }

  /// The last passages of a document, in order.
  ///
  /// @param characters about how many characters of text to answer at most
  public List<Passage> end(String sha256, long characters) {
    return database.read(tx -> {
      List<Passage> read = new ArrayList<>();
      long[] left = {characters};
      Documents.find(tx, sha256)
          .ifPresent(its ->
              ChunkIndex.eachFromEnd(
                  tx,
                  its.id(),
                  chunk -> {
                    left[0] -= chunk.text().length();
                    if (left[0] >= 0) {
                      read.addFirst(PassageSearch.passage(its, chunk));
                    }
                    return left[0] > 0;
                  }));
      return read;
    });
  }

  /// The two words a compound is made of, when both are words of some passage and the compound
  /// itself is not; empty otherwise.
  public List<String> compound(String word) {
    return database.read(tx -> Compounds.parts(tx, word));
  }

  /// Documents by their name, or the beginning of it, or their title, in whatever case; newest
  /// first.
  public List<DocumentInfo> named(String name, Scope scope, int limit) {
    return database.read(tx -> Documents.named(tx, name, scope, limit));
  }

  /// A document, if it is in the library and in the scope.
  public Optional<DocumentInfo> find(String sha256, Scope scope) {
    return database.read(tx -> Documents.find(tx, sha256, scope));
  }
}
