package dev.sandpiper.edge.burst.route;

/// How work is divided.
///
/// @param cloudFirst whether the cloud gets what it can take before the local workers do
/// @param localSlots tasks at once at home
/// @param concurrency most tasks at once in the cloud
public record RouteOptions(boolean cloudFirst, int localSlots, int concurrency) {}
