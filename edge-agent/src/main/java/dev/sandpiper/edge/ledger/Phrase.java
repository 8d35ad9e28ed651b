package dev.sandpiper.edge.ledger;

import java.util.List;
import java.util.Locale;

/// A refusal or an alarm for somebody who says it in another language: which text, and what goes
/// into it.
///
/// @param key of the text, without a prefix
/// @param args texts as [String], dollars as [java.math.BigDecimal], instants as
///   [java.time.ZonedDateTime]
public record Phrase(String key, List<Object> args) {

  public Phrase {
    args = List.copyOf(args);
  }

  /// What is said to whom something is refused.
  public static Phrase of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownPrice(Purchase purchase) ->
          new Phrase(
              "money.refused.unpriced." + purchase.kind().name().toLowerCase(Locale.ROOT),
              List.of(purchase.what()));
      case Refusal.Paused paused ->
          new Phrase(
              "money.refused.paused", List.of(paused.workflow(), paused.since(), paused.seen()));
      case Refusal.UsedUp used when used.needed() > used.limit() ->
          new Phrase(
              "money.refused.too-dear." + word(used.period()),
              List.of(used.budget(), Money.dollars(used.limit()), Money.dollars(used.needed())));
      case Refusal.UsedUp used ->
          new Phrase(
              "money.refused.used-up." + word(used.period()),
              List.of(
                  used.budget(),
                  Money.dollars(used.limit()),
                  Money.dollars(used.taken()),
                  Money.dollars(used.needed()),
                  used.next()));
    };
  }

  /// What the owners are told. Of a budget that each person or workflow has, the last argument is
  /// whose it is.
  public static Phrase of(Alarm alarm) {
    return switch (alarm) {
      case Alarm.Nearly nearly ->
          new Phrase(
              "money.alarm.nearly." + word(nearly.period()),
              List.of(
                  nearly.budget(),
                  Money.dollars(nearly.limit()),
                  Money.dollars(nearly.spent()),
                  percent(nearly.spent(), nearly.limit()),
                  nearly.whose()));
      case Alarm.UsedUp(Refusal.UsedUp refusal, String whose) -> usedUp(refusal, whose);
      case Alarm.Unpriced(Refusal.UnknownPrice refusal) -> of(refusal);
      case Alarm.Paused(Refusal.Paused refusal) -> of(refusal);
      case Alarm.Looping(String workflow, String tool) ->
          new Phrase("money.alarm.looping", List.of(workflow, tool));
    };
  }

  private static Phrase usedUp(Refusal.UsedUp refusal, String whose) {
    boolean dear = refusal.needed() > refusal.limit();
    return new Phrase(
        (dear ? "money.alarm.too-dear." : "money.alarm.used-up.") + word(refusal.period()),
        List.of(
            refusal.budget(),
            Money.dollars(refusal.limit()),
            Money.dollars(refusal.taken()),
            Money.dollars(refusal.needed()),
            refusal.next(),
            whose));
  }

  private static String percent(long part, long whole) {
    return Long.toString(whole == 0 ? 100 : part * 100 / whole);
  }

  private static String word(Period period) {
    return period.name().toLowerCase(Locale.ROOT);
  }
}
