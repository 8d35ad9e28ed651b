/// When something happens: cron lines, days of the week, spans; time zones and changes of clocks.
///
/// Called by: `schedule`, `config`, the commands. Calls: nothing of the agent. Invariant: the times
/// of a rhythm only ever go forward, and each is known by a mark that a change of the zone's rules
/// leaves alone.
@NullMarked
package dev.sandpiper.edge.rhythm;

import org.jspecify.annotations.NullMarked;
