package dev.sandpiper.edge.identity;

import java.nio.file.Path;
import java.util.Optional;

/// Where this machine's identity stands. Read anew for each use: a renewed certificate needs no
/// restart.
///
/// @param certificate PEM; further certificates in it are taken as its chain
/// @param privateKey PEM: PKCS #8, SEC 1 or PKCS #1
/// @param chain intermediate certificates, PEM; empty: none
public record IdentityFiles(Path certificate, Path privateKey, Optional<Path> chain) {}
