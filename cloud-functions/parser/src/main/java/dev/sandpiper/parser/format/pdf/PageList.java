package dev.sandpiper.parser.format.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;

/// The pages of a document in order, found by walking its page tree; the count a file claims is not
/// trusted.
final class PageList {

  private static final int MOST_PAGES = 1_000_000;

  /// Trees of real files have a handful of levels; PDFBox walks them recursively.
  private static final int DEEPEST = 100;

  private PageList() {}

  /// Takes the nodes deeper than 100 levels out of the page tree, in memory.
  ///
  /// @return whether there were any
  static boolean cutDeepBranches(PDDocument document) {
    COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
    List<COSDictionary> level = new ArrayList<>();
    Set<COSDictionary> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    add(catalog.getDictionaryObject(COSName.PAGES), level, seen);
    for (int depth = 1; !level.isEmpty() && depth < DEEPEST; depth++) {
      List<COSDictionary> next = new ArrayList<>();
      for (COSDictionary node : level) {
        COSArray kids = node.getCOSArray(COSName.KIDS);
        for (int i = 0; kids != null && i < kids.size(); i++) {
          add(kids.getObject(i), next, seen);
        }
      }
      level = next;
    }
    level.forEach(node -> node.setItem(COSName.KIDS, new COSArray()));
    return !level.isEmpty();
  }

  private static void add(
      @Nullable COSBase node, List<COSDictionary> nodes, Set<COSDictionary> seen) {
    if (node instanceof COSDictionary tree && tree.containsKey(COSName.KIDS) && seen.add(tree)) {
      nodes.add(tree);
    }
  }

  static List<PDPage> of(PDDocument document) {
    List<PDPage> pages = new ArrayList<>();
    for (PDPage page : document.getPages()) {
      if (!page.getCOSObject().containsKey(COSName.KIDS)) {
        pages.add(page);
      }
      if (pages.size() == MOST_PAGES) {
        break;
      }
    }
    return pages;
  }
}
