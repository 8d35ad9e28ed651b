package dev.sandpiper.contract;

/// What the request cost the worker.
///
/// @param wallMillis wall-clock time in the function, in milliseconds
/// @param cpuMillis CPU time of the worker during the request, in milliseconds
/// @param bytesIn bytes read from the source
/// @param pages pages parsed
/// @param coldStart whether this was the worker's first request
public record Usage(long wallMillis, long cpuMillis, long bytesIn, int pages, boolean coldStart) {}
