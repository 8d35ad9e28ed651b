package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentFilter.Facets;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// `/export`: the list of somebody's documents as a table; with `all` the documents, too, in an
/// archive, as far as a channel carries one.
record ExportCommand(Desk desk) implements Command {
  private static final int MOST_DOCUMENTS = 50_000;
  private static final int PAGE = 1_000;
  private static final long MOST_BYTES = 40L << 20;

  @Override
  public String name() {
    return "export";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) throws TalkException {
    Voice voice = desk.voice(spoken);
    String word = words.toLowerCase(Locale.ROOT);
    boolean all = word.equals("all") || word.equals(voice.say("command.export.word.all"));
    if (!all && !words.isEmpty()) {
      return Turn.say(voice.say("command.export.what"));
    }
    List<DocumentInfo> documents = documents(spoken);
    if (documents.isEmpty()) {
      return Turn.say(voice.say("command.doc.empty"));
    }
    long bytes = documents.stream().mapToLong(DocumentInfo::size).sum();
    if (all && bytes > MOST_BYTES) {
      return Turn.say(
          voice.say(
              "command.export.large", documents.size(), voice.size(bytes), voice.size(MOST_BYTES)));
    }
    try {
      Blob blob = write(documents, all);
      String name = all ? "documents.zip" : "documents.csv";
      String caption = voice.say("command.export.caption", documents.size());
      return new Turn(
          List.of(
              new Outgoing.Attachment(
                  name, all ? "application/zip" : "text/csv", blob.sha256(), caption)),
          tx -> desk.library().derived(tx, Library.ANY, blob.sha256()));
    } catch (IOException e) {
      throw TalkException.passing(voice.say("command.export.failed"), null, e);
    }
  }

  private List<DocumentInfo> documents(Spoken spoken) {
    List<DocumentInfo> documents = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (documents.size() < MOST_DOCUMENTS) {
      List<DocumentInfo> page =
          desk.library()
              .list(
                  new DocumentFilter(null, Facets.ANY, before, PAGE), Desk.sentBy(spoken.person()));
      documents.addAll(page);
      if (page.size() < PAGE) {
        break;
      }
      before = page.getLast().id();
    }
    return documents;
  }

  private Blob write(List<DocumentInfo> documents, boolean all) throws IOException {
    Path file = desk.blobs().tempFile();
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        if (all) {
          zip(documents, out);
        } else {
          csv(documents, out);
        }
      }
      try (InputStream in = Files.newInputStream(file)) {
        return desk.blobs().put(in, Long.MAX_VALUE);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void zip(List<DocumentInfo> documents, OutputStream out) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.putNextEntry(new ZipEntry("documents.csv"));
      csv(documents, zip);
      for (DocumentInfo document : documents) {
        if (desk.blobs().exists(document.sha256())) {
          zip.putNextEntry(new ZipEntry("documents/" + free(names, document)));
          try (InputStream in = desk.blobs().read(document.sha256())) {
            in.transferTo(zip);
          }
        }
      }
    }
  }

  /// A name of its own, without folders.
  private static String free(Set<String> names, DocumentInfo document) {
    String name = document.name().replaceAll("[/\\\\\\p{Cntrl}:]", "_").replaceFirst("^\\.+", "_");
    String free = names.add(name.toLowerCase(Locale.ROOT)) ? name : document.id() + " " + name;
    names.add(free.toLowerCase(Locale.ROOT));
    return free;
  }

  /// Writes the table; the stream stays open.
  private static void csv(List<DocumentInfo> documents, OutputStream out) throws IOException {
    write(out, "\ufeffnumber,name,state,pages,bytes,type,title,received,sha256\r\n");
    for (DocumentInfo document : documents) {
      List<String> cells =
          List.of(
              Long.toString(document.id()),
              cell(document.name()),
              document.state().name().toLowerCase(Locale.ROOT),
              Integer.toString(document.pages()),
              Long.toString(document.size()),
              cell(document.mediaType() == null ? "" : document.mediaType()),
              cell(document.title() == null ? "" : document.title()),
              document.received().toString(),
              document.sha256());
      write(out, String.join(",", cells) + "\r\n");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A cell in quotes; a spreadsheet must not take it for a formula.
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"").replaceAll("[\r\n]+", " ") + '"';
  }
}
