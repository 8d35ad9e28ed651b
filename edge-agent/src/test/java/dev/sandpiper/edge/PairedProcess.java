package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.Role;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process to kill: somebody pairs, and is reminded. A full stop ends a line, so that one cut
/// short is seen to be.
final class PairedProcess {
  static final String ANNA = "7";
  static final String EVE = "666";

  private PairedProcess() {}

  /// Arguments: home, and the code when it is known from an earlier run.
  public static void main(String[] args) throws InterruptedException {
    PrintStream said = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean again = args.length > 1;
    Phone phone =
        new Phone() {
          @Override
          public synchronized Delivery deliver(Parcel parcel) {
            Delivery delivery = super.deliver(parcel);
            Got got = got(parcel.address().chat()).getLast();
            said.println("got " + got.chat() + " " + got.text().replace('\n', ' ') + " .");
            return delivery;
          }
        };
    TalkRig.Clock clock = new TalkRig.Clock("2026-11-24T12:04:59Z");
    TalkRig rig = new TalkRig(Path.of(args[0]), phone, clock);
    String code = again ? args[1] : rig.code(Role.MEMBER);
    said.println("ready " + code + " .");
    // What the far side was not told of it delivers again.
    phone.deliver("pair", ANNA, "en", "/pair " + code);
    phone.deliver("remind", ANNA, "en", "/remind 24.11.2026 13:05 tea");
    while (rig.desk.view().counts().open() > 0) {
      Thread.sleep(1);
    }
    rig.at("2026-11-24T12:05:00Z");
    while (!again || !isCalm(rig)) {
      Thread.sleep(5);
    }
    phone.deliver("eve", EVE, "en", "/pair " + code);
    said.println(
        "calm people="
            + rig.desk.base().door().people().list().size()
            + " anna="
            + rig.desk.base().door().people().find(new Account("phone", ANNA)).isPresent()
            + " eve="
            + rig.desk.base().door().people().find(new Account("phone", EVE)).isPresent()
            + " unknown="
            + rig.desk.view().counts().unknown()
            + " .");
    rig.close();
  }

  private static boolean isCalm(TalkRig rig) {
    var counts = rig.desk.view().counts();
    return counts.open() == 0 && counts.toSend() == 0 && rig.desk.schedules().count() == 0;
  }
}
