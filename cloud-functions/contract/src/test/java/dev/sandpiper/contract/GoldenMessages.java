package dev.sandpiper.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One message of every kind, beside the golden file that holds its JSON. Published in the test
/// jar: both sides read the same files.
public final class GoldenMessages {

  /// SHA-256 of the empty string: any well-formed hash would do.
  public static final String SHA =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final DocumentRef FILE_DOCUMENT =
      new DocumentRef(
          "Rechnung März 📄.pdf", SHA, 48_213, "application/pdf", new Source.File("ab/invoice"));

  private GoldenMessages() {}

  /// Requests by the name of their golden file.
  public static Map<String, FunctionRequest> requests() {
    return Map.of(
        "parse-request-file",
        new ParseRequest(
            "job-17-1",
            FILE_DOCUMENT,
            null,
            Set.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS),
            Limits.DEFAULT,
            new SplitPolicy(4, 2_000),
            new ResultTarget.File("job-17-1.json")),
        "parse-request-s3-pages",
        new ParseRequest(
            "job-18-2",
            new DocumentRef(
                "report.pdf",
                SHA,
                9_000_000,
                null,
                new Source.S3("in-bucket", "pi-1/report", "v7")),
            new PageRange(101, 200),
            Set.of(Output.PAGES),
            Limits.DEFAULT.withWallMillis(30_000),
            SplitPolicy.NONE,
            new ResultTarget.S3("out-bucket", "pi-1/job-18-2")),
        "join-request",
        new JoinRequest(
            "job-18-join",
            FILE_DOCUMENT,
            List.of(new Source.File("part-0"), new Source.S3("out-bucket", "part-1", null)),
            Limits.DEFAULT,
            new ResultTarget.Inline()));
  }

  /// The request of one golden file.
  public static FunctionRequest request(String name) {
    return Objects.requireNonNull(requests().get(name), name);
  }

  /// The reply of one golden file.
  public static ParseReply reply(String name) {
    return Objects.requireNonNull(replies().get(name), name);
  }

  /// Replies by the name of their golden file. Parsed replies carry [#content] or [#pages].
  public static Map<String, ParseReply> replies() {
    Metadata metadata =
        new Metadata(
            "application/pdf",
            "Invoice 4711",
            List.of("Ada", "Grace"),
            Instant.parse("2026-03-01T08:30:00Z"),
            null,
            "de",
            "LibreOffice 7.4",
            Map.of("subject", "Heating"));
    List<Warning> warnings =
        List.of(
            new Warning("damaged-xref", "The cross-reference table was rebuilt.", null),
            new Warning("page-unreadable", "This page could not be read.", "page 2"));
    Usage usage = new Usage(312, 290, 48_213, 3, true);
    return Map.of(
        "reply-parsed-inline",
        new ParseReply.Parsed("job-17-1", metadata, 3, warnings, usage, null),
        "reply-parsed-stored",
        new ParseReply.Parsed(
            "job-17-1", metadata, 3, warnings, usage, new ParseReply.Stored(SHA, 9_216)),
        "reply-parsed-pages",
        new ParseReply.Parsed("job-18-2", metadata, 200, List.of(), usage, null),
        "reply-split",
        new ParseReply.Split(
            "job-18-1",
            200,
            List.of(new PageRange(1, 100), new PageRange(101, 200)),
            "200 pages, about 9.1 s of work: 2 parts of 100 pages."),
        "reply-rejected",
        new ParseReply.Rejected(
            "job-19-1", RejectCode.ENCRYPTED, "The PDF needs a password. Save it without one."),
        "reply-failed",
        new ParseReply.Failed(
            "job-20-1", FailCode.OUT_OF_MEMORY, "The worker used more than 256 MB."));
  }

  /// Content of every `reply-parsed-inline`.
  public static ContentSource content() {
    return sink -> {
      sink.markdown("# Invoice 4711\n\n");
      sink.markdown("Total: **12 €**\n");
      sink.block("{\"type\":\"heading\",\"level\":1,\"text\":\"Invoice 4711\"}");
      sink.block("{\"type\":\"paragraph\",\"text\":\"Total: 12 €\"}");
      sink.chunk(
          new Chunk(
              "9f86d081884c7d65",
              0,
              List.of("Invoice 4711"),
              new PageRange(1, 1),
              null,
              "Total: **12 €**"));
      sink.chunk(new Chunk("60303ae22b998861", 1, List.of(), null, "Sheet1!A1:B9", "a | b"));
    };
  }

  /// Content of `reply-parsed-pages`.
  public static ContentSource pages() {
    return sink -> {
      sink.page("{\"head\":true}");
      sink.page("[101,[\"line\"]]");
    };
  }

  /// The golden file's text, without its final line break.
  public static String golden(String name) {
    try (InputStream in = GoldenMessages.class.getResourceAsStream("golden/" + name + ".json")) {
      return new String(
              Objects.requireNonNull(in, () -> "no golden file " + name).readAllBytes(),
              StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
