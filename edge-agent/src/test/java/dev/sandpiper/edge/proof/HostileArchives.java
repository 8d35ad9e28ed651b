package dev.sandpiper.edge.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// ZIP, TAR and GZIP files that expand, nest, overlap, lie and climb out of their folder.
final class HostileArchives {

  private static final byte[] ZERO = {0};

  private HostileArchives() {}

  static List<HostileFile> files() {
    List<HostileFile> files = new ArrayList<>();
    files.addAll(bombs());
    files.addAll(lies());
    files.addAll(tars());
    files.addAll(gzips());
    return files;
  }

  private static List<HostileFile> bombs() {
    byte[] tenGigabytes = Deflated.raw(ZERO, 10_000);
    byte[] inner = new Zip().add(Zip.Entry.deflated("0.txt", tenGigabytes, 10L << 30)).bytes();
    byte[] nested =
        new Zip().add(Zip.Entry.deflated("0.txt", Deflated.raw(ZERO, 64), 64 << 20)).bytes();
    for (int level = 1; level < 6; level++) {
      Zip zip = new Zip();
      int offset = zip.local(Zip.Entry.stored("a.zip", nested));
      for (int i = 0; i < 16; i++) {
        zip.list(Zip.Entry.stored("a" + i + ".zip", nested), offset);
      }
      nested = zip.bytes();
    }
    byte[] doll = new Zip().add(Zip.Entry.text("end.txt", "the end")).bytes();
    for (int level = 0; level < 400; level++) {
      doll = new Zip().add(Zip.Entry.stored("in.zip", doll)).bytes();
    }
    Zip overlapping = new Zip();
    Zip.Entry kernel = Zip.Entry.deflated("k.txt", Deflated.raw(ZERO, 100), 100 << 20);
    int offset = overlapping.local(kernel);
    for (int i = 0; i < 60_000; i++) {
      overlapping.list(
          new Zip.Entry(i + ".txt", 0, Zip.DEFLATED, 0, 100 << 20, kernel.data()), offset);
    }
    Zip empties = new Zip();
    for (int i = 0; i < 65_000; i++) {
      empties.add(Zip.Entry.text("e" + i, ""));
    }
    return List.of(
        new HostileFile("flat-10-gigabytes.zip", inner),
        new HostileFile("nested-16-to-the-5.zip", nested),
        new HostileFile("nested-400-deep.zip", doll),
        new HostileFile("overlapping-60000-times.zip", overlapping.bytes()),
        new HostileFile("empty-entries-65000.zip", empties.bytes()));
  }

  private static List<HostileFile> lies() {
    byte[] text = "root:x:0:0".getBytes(UTF_8);
    Zip escapes = new Zip();
    for (String name :
        List.of(
            "../../../../tmp/sandpiper-escaped",
            "/tmp/sandpiper-escaped",
            "..\\..\\evil.txt",
            "C:\\evil.txt",
            "a/../../b.txt",
            "nul\0name.txt",
            "",
            ".",
            "x".repeat(60_000) + ".txt")) {
      escapes.add(Zip.Entry.stored(name, text));
    }
    escapes.add(
        new Zip.Entry("link.txt", 0, Zip.STORED, 0xA1FFL << 16, 11, "/etc/passwd".getBytes(UTF_8)));
    byte[] huge =
        new Zip().add(Zip.Entry.deflated("a.txt", Deflated.raw(ZERO, 1), 0xFFFFFFFFL)).bytes();
    byte[] tiny = new Zip().add(Zip.Entry.deflated("a.txt", Deflated.raw(ZERO, 4000), 1)).bytes();
    byte[] locked = new Zip().add(new Zip.Entry("a.txt", 1, Zip.STORED, 0, 10, text)).bytes();
    Zip same = new Zip();
    for (int i = 0; i < 2000; i++) {
      same.add(Zip.Entry.stored("word/document.xml", text));
    }
    byte[] comment = new Zip().add(Zip.Entry.stored("a.txt", text)).bytes();
    byte[] far = comment.clone();
    Arrays.fill(far, far.length - 6, far.length - 2, (byte) 0xFE);
    return List.of(
        new HostileFile("climbs-out.zip", escapes.bytes()),
        new HostileFile("declares-4-gigabytes.zip", huge),
        new HostileFile("declares-one-byte.zip", tiny),
        new HostileFile("locked.zip", locked),
        new HostileFile("same-name-2000-times.zip", same.bytes()),
        new HostileFile("directory-outside.zip", far));
  }

  private static List<HostileFile> tars() {
    byte[] escapes =
        join(
            header("../../../../tmp/sandpiper-escaped", '0', "00000000000", ""),
            header("/tmp/sandpiper-escaped", '0', "00000000000", ""),
            header("link.txt", '2', "00000000000", "/etc/passwd"),
            header("hard.txt", '1', "00000000000", "/etc/shadow"),
            header("device", '3', "00000000000", ""),
            header("pipe", '6', "00000000000", ""),
            new byte[1024]);
    byte[] declared = join(header("a.txt", '0', "77777777777", ""), new byte[512]);
    byte[] negative = header("a.txt", '0', "", "");
    Arrays.fill(negative, 124, 136, (byte) 0xFF);
    byte[] longName = join(header("././@LongLink", 'L', "77777777777", ""), new byte[2048]);
    byte[] pax =
        join(header("pax", 'x', "00000001000", ""), padded("999999999 path=" + "x".repeat(100)));
    byte[] many = new byte[512 * 200_000];
    byte[] one = header("a", '0', "00000000000", "");
    for (int i = 0; i < many.length; i += 512) {
      System.arraycopy(one, 0, many, i, 512);
    }
    return List.of(
        new HostileFile("climbs-out.tar", escapes),
        new HostileFile("declares-8-gigabytes.tar", declared),
        new HostileFile("negative-size.tar", join(negative, new byte[1024])),
        new HostileFile("name-of-8-gigabytes.tar", longName),
        new HostileFile("pax-record-lies.tar", pax),
        new HostileFile("entries-200000.tar.gz", gzip(many)));
  }

  private static List<HostileFile> gzips() {
    byte[] head = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};
    byte[] nested = gzip("in the middle".getBytes(UTF_8));
    for (int i = 0; i < 300; i++) {
      nested = gzip(nested);
    }
    byte[] member = gzip(new byte[0]);
    byte[] members = new byte[member.length * 300_000];
    for (int i = 0; i < members.length; i += member.length) {
      System.arraycopy(member, 0, members, i, member.length);
    }
    byte[] named =
        join(
            new byte[] {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3},
            "a".repeat(3_000_000).getBytes(US_ASCII));
    return List.of(
        new HostileFile("bomb-10-gigabytes.gz", join(head, Deflated.raw(ZERO, 10_000))),
        new HostileFile(
            "bomb-of-text.txt.gz",
            join(head, Deflated.raw("spam and eggs\n".getBytes(US_ASCII), 5_000))),
        new HostileFile("nested-300-deep.gz", nested),
        new HostileFile("empty-members-300000.gz", members),
        new HostileFile("name-without-end.gz", named));
  }

  private static byte[] header(String name, char type, String size, String link) {
    byte[] block = new byte[512];
    put(block, 0, name);
    put(block, 100, "0000644");
    put(block, 124, size);
    put(block, 136, "14600000000");
    block[156] = (byte) type;
    put(block, 157, link);
    put(block, 257, "ustar\00000");
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xFF;
    }
    put(block, 148, "%06o".formatted(sum));
    block[154] = 0;
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static byte[] padded(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return Arrays.copyOf(bytes, (bytes.length + 1023) / 512 * 512);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
