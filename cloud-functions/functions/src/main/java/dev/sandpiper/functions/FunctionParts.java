package dev.sandpiper.functions;

import dev.sandpiper.parser.DocumentParser;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a function is made of.
///
/// @param buckets the deployment's buckets; `null` where there are none
/// @param scratch folder in which each request gets a folder of its own
/// @param nanos a monotonic clock, in nanoseconds
record FunctionParts(
    DocumentParser parser,
    DocumentParser.FormatDetector detector,
    Rendering rendering,
    DocumentFetcher fetcher,
    ResultWriter writer,
    @Nullable OwnBuckets buckets,
    Path scratch,
    LongSupplier nanos) {}
