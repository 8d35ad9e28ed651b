package dev.sandpiper.edge.library;

import dev.sandpiper.contract.ParseReply;

/// A successful parse.
///
/// @param reply its envelope
/// @param sha256 the stored result in the blob store: a whole reply with its content
/// @param size bytes of the stored result
public record ParsedResult(ParseReply.Parsed reply, String sha256, long size) {}
