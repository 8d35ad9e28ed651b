package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.commonmark.node.Node;

/// Cuts a message into pieces that each fit into one message of a channel and that are each whole
/// Markdown: a fence that is cut is closed and opened again, and so is what is bold.
///
/// The words of the pieces, one after the other, are the words of the message ([Flow#words]) but
/// for white space.
public final class Splitter {

  /// Longest message that is read as Markdown; a longer one is cut as plain words.
  private static final int LONGEST = 500_000;

  /// So many headings in a row are carried to the next piece at most.
  private static final int MOST_HEADINGS = 3;

  private final int limit;
  private final ToIntFunction<String> length;

  /// @param limit longest piece, in the channel's own unit
  /// @param length how long a piece is in that unit, as the channel shows it: never less than the
  ///   code points of its words
  public Splitter(int limit, ToIntFunction<String> length) {
    this.limit = limit;
    this.length = length;
  }

  /// The pieces in their order; one when everything fits, none when nothing is said.
  public List<String> split(String markdown) {
    String text = Markdown.clean(markdown);
    if (text.length() > LONGEST) {
      return cuts(Frame.NONE).pieces(Letters.plain(text));
    }
    Node document = Markdown.parse(text);
    if (Flow.words(document).isBlank()) {
      return List.of();
    }
    if (length.applyAsInt(text) <= limit) {
      return List.of(text);
    }
    Source source = Source.of(text, document);
    List<Atom> atoms = new Blocks(source, this::fits, this::cuts).of(document);
    return pack(atoms, source);
  }

  private boolean fits(String markdown) {
    return length.applyAsInt(markdown) <= limit;
  }

  private Cuts cuts(Frame frame) {
    return new Cuts(piece -> fits(frame.around(piece)), limit * 2);
  }

  /// Fills piece after piece. A heading goes with what follows it.
  private List<String> pack(List<Atom> atoms, Source source) {
    List<String> pieces = new ArrayList<>();
    List<Atom> piece = new ArrayList<>();
    int size = 0;
    for (Atom atom : atoms) {
      int more = size(atom, source);
      if (!piece.isEmpty() && size + more > limit) {
        List<Atom> next = new ArrayList<>();
        while (piece.size() > 1 && piece.getLast().heads() && next.size() < MOST_HEADINGS) {
          next.addFirst(piece.removeLast());
        }
        emit(piece, source, pieces);
        piece = next;
        size = next.stream().mapToInt(heading -> size(heading, source)).sum();
      }
      piece.add(atom);
      size += more + Atom.PARAGRAPH.length();
    }
    if (!piece.isEmpty()) {
      emit(piece, source, pieces);
    }
    return pieces;
  }

  private int size(Atom atom, Source source) {
    return length.applyAsInt(source.complete(atom.markdown()));
  }

  /// Joins parts, unless one changes what its neighbour means.
  private void emit(List<Atom> atoms, Source source, List<String> pieces) {
    String joined = join(atoms, source);
    if (atoms.size() == 1 || (fits(joined) && source.says(joined, words(atoms, source)))) {
      pieces.add(joined);
      return;
    }
    emit(atoms.subList(0, atoms.size() / 2), source, pieces);
    emit(atoms.subList(atoms.size() / 2, atoms.size()), source, pieces);
  }

  private static String words(List<Atom> atoms, Source source) {
    StringBuilder words = new StringBuilder();
    atoms.forEach(atom -> words.append(source.words(atom.markdown())));
    return words.toString();
  }

  private static String join(List<Atom> atoms, Source source) {
    StringBuilder out = new StringBuilder();
    for (Atom atom : atoms) {
      out.append(out.isEmpty() ? "" : atom.gap()).append(atom.markdown());
    }
    return source.complete(out.toString());
  }
}
