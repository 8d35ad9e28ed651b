package dev.sandpiper.functions;

import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.JoinRequest;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.format.PagedFormat;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request on its way: fetch, parse or join, render, store.
///
/// @param millis time the whole request may take
record RequestRun(FunctionParts parts, Stopwatch watch, Path scratch, long millis) {

  private static final Set<Output> WHOLE =
      EnumSet.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS);

  Answer parse(ParseRequest request) throws IOException {
    DocumentRef document = request.document();
    Path file = parts.fetcher().fetch(document, request.limits(), scratch, watch.left(millis));
    ByteSource source = new ByteSource(file, document.name());
    ParseOptions options = options(request.limits(), request.pages());
    if (request.split().maxParts() > 1 && request.pages() == null) {
      PagedFormat.Estimate estimate = parts.parser().estimate(source, options);
      SplitDecision decision = SplitDecision.of(estimate, request.split());
      if (!decision.ranges().isEmpty()) {
        return Answer.of(
            new ParseReply.Split(
                request.requestId(), estimate.pageCount(), decision.ranges(), decision.reason()));
      }
    }
    return request.outputs().contains(Output.PAGES)
        ? pages(request, source, options)
        : whole(request, parts.parser().parse(source, options), request.outputs());
  }

  Answer join(JoinRequest request) throws IOException {
    List<String> pages = new ArrayList<>();
    @Nullable Format format = null;
    for (int i = 0; i < request.parts().size(); i++) {
      Path file =
          parts
              .fetcher()
              .fetchPart(
                  request.parts().get(i),
                  i,
                  request.limits().maxDecompressedBytes(),
                  scratch,
                  watch.left(millis));
      format = readPart(file, i, pages);
    }
    if (format == null) {
      throw new IllegalStateException("a join without parts");
    }
    ByteSource source = new ByteSource(scratch.resolve("document"), request.document().name());
    ParsedDocument joined =
        parts.parser().join(source, format, pages, options(request.limits(), null));
    return whole(request, joined, WHOLE);
  }

  private Answer pages(ParseRequest request, ByteSource source, ParseOptions options)
      throws IOException {
    int pageCount = parts.parser().estimate(source, options).pageCount();
    List<String> pages = parts.parser().pages(source, options);
    ParseReply.Parsed reply =
        new ParseReply.Parsed(
            request.requestId(),
            Rendering.formatOnly(parts.detector().detect(source)),
            pageCount,
            List.of(),
            watch.usage(request.document().size(), asked(request.pages(), pageCount)),
            null);
    return parts
        .writer()
        .write(reply, Rendering.pages(pages), request.result(), scratch, watch.left(millis));
  }

  private Answer whole(FunctionRequest request, ParsedDocument parsed, Set<Output> outputs) {
    int pageCount = parsed.document().pageCount();
    PageRange range = request instanceof ParseRequest parse ? parse.pages() : null;
    ParseReply.Parsed reply =
        new ParseReply.Parsed(
            request.requestId(),
            Rendering.metadata(parsed),
            pageCount,
            Rendering.warnings(parsed.warnings()),
            watch.usage(request.document().size(), asked(range, pageCount)),
            null);
    return parts
        .writer()
        .write(
            reply,
            parts.rendering().content(parsed.document(), request.document().sha256(), outputs),
            request.result(),
            scratch,
            watch.left(millis));
  }

  private static int asked(@Nullable PageRange range, int pageCount) {
    return range == null
        ? pageCount
        : Math.max(0, Math.min(range.last(), pageCount) - range.first() + 1);
  }

  private static Format readPart(Path file, int ordinal, List<String> pages) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 << 10)) {
      ParseReply part = ReplyJson.read(in, new Rendering.PageCollector(pages));
      if (part instanceof ParseReply.Parsed parsed) {
        for (Format format : Format.values()) {
          if (format.mediaType().equals(parsed.metadata().mediaType())) {
            return format;
          }
        }
      }
    } catch (ContractException e) {
      throw notAPart(ordinal, Outside.reason(e));
    }
    throw notAPart(ordinal, "it holds no pages");
  }

  private static RefusedException notAPart(int ordinal, String why) {
    return RefusedException.rejected(
        RejectCode.MALFORMED_REQUEST,
        "Part "
            + (ordinal + 1)
            + " is not a stored part result: "
            + why
            + ". Parse that range again.");
  }

  private ParseOptions options(Limits limits, @Nullable PageRange pages) {
    return new ParseOptions(
        new ParseLimits(
            limits.maxBytes(),
            limits.maxPages(),
            limits.maxDecompressedBytes(),
            limits.maxNesting(),
            limits.maxCells(),
            limits.maxCharacters()),
        pages == null ? PageSelection.ALL : new PageSelection(pages.first(), pages.last()),
        scratch,
        () -> watch.passed(millis));
  }
}
