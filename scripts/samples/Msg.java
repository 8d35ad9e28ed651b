import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// Writes the one Outlook message among the samples: `java -cp poi.jar… Msg.java FILE`.
public final class Msg {

  private static final int UNICODE = 0x001F;
  private static final int BINARY = 0x0102;
  private static final int LONG = 0x0003;
  private static final int TIME = 0x0040;

  private final ByteArrayOutputStream properties = new ByteArrayOutputStream();
  private final DirectoryEntry folder;

  private Msg(DirectoryEntry folder, int headerBytes) {
    this.folder = folder;
    properties.writeBytes(new byte[headerBytes]);
  }

  private void text(int tag, String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_16LE);
    stream(tag, UNICODE, bytes, bytes.length + 2);
  }

  private void binary(int tag, byte[] bytes) throws IOException {
    stream(tag, BINARY, bytes, bytes.length);
  }

  private void stream(int tag, int type, byte[] bytes, int size) throws IOException {
    folder.createDocument("__substg1.0_%04X%04X".formatted(tag, type), new ByteArrayInputStream(bytes));
    fixed(tag, type, size);
  }

  private void fixed(int tag, int type, long value) {
    properties.writeBytes(
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN)
            .putInt(tag << 16 | type).putInt(6).putLong(value).array());
  }

  private void close() throws IOException {
    folder.createDocument("__properties_version1.0", new ByteArrayInputStream(properties.toByteArray()));
  }

  public static void main(String[] args) throws IOException {
    try (POIFSFileSystem file = new POIFSFileSystem();
        OutputStream out = Files.newOutputStream(Path.of(args[0]))) {
      Msg mail = new Msg(file.getRoot(), 32);
      mail.text(0x001A, "IPM.Note");
      mail.text(0x0037, "Termin für die Wartung der Heizung");
      mail.text(0x0C1A, "Hauke Petersen");
      mail.text(0x0C1F, "buero@petersen.example");
      mail.text(0x0E04, "Mara Winter");
      mail.text(
          0x1000,
          """
          Guten Tag Frau Winter,

          am Donnerstag, 13. November 2025, um 7:30 Uhr tauschen wir das Überdruckventil (Rückruf
          NW-2025-11). Das Teil ist kostenlos. Bitte halten Sie das Serviceheft bereit, sonst
          erlischt die Garantie auf den Wärmetauscher.

          Herzliche Grüße
          Hauke Petersen
          """);
      long filetime = (Instant.parse("2025-11-06T10:20:00Z").toEpochMilli() + 11_644_473_600_000L) * 10_000;
      mail.fixed(0x0039, TIME, filetime);
      mail.fixed(0x0E06, TIME, filetime);
      mail.fixed(0x340D, LONG, 0x00040000);
      mail.close();
      Msg recipient = new Msg(file.getRoot().createDirectory("__recip_version1.0_#00000000"), 8);
      recipient.text(0x3001, "Mara Winter");
      recipient.text(0x3003, "mara@winter.example");
      recipient.fixed(0x0C15, LONG, 1);
      recipient.close();
      Msg attachment = new Msg(file.getRoot().createDirectory("__attach_version1.0_#00000000"), 8);
      attachment.text(0x3704, "VENTIL~1.TXT");
      attachment.text(0x3707, "Ventil 0020-117-884.txt");
      attachment.text(0x3703, ".txt");
      attachment.fixed(0x3705, LONG, 1);
      attachment.binary(
          0x3701, "Ersatzteil 0020-117-884, Überdruckventil 3 bar, ½ Zoll.\n".getBytes(StandardCharsets.UTF_8));
      attachment.close();
      Msg names = new Msg(file.getRoot().createDirectory("__nameid_version1.0"), 0);
      names.binary(0x0002, new byte[0]);
      names.binary(0x0003, new byte[0]);
      names.binary(0x0004, new byte[0]);
      file.writeFilesystem(out);
    }
  }
}
