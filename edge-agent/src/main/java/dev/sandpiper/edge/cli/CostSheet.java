package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.ledger.BudgetState;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Money;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.ledger.Share;
import dev.sandpiper.edge.ledger.Statement;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was spent, for a terminal and for programs.
record CostSheet(Workshop.Spent spent, Share.By by) {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Statement statement() {
    return spent.statement();
  }

  void print(Console console) {
    if (statement().lines().isEmpty()) {
      console
          .out()
          .println(
              "Nothing was spent from %s to %s".formatted(statement().from(), statement().to()));
    } else {
      shares(console);
    }
    if (!statement().budgets().isEmpty()) {
      console.out().println();
      budgets(console);
    }
    List<String> remarks = remarks();
    if (!remarks.isEmpty()) {
      console.out().println();
      remarks.forEach(console.out()::println);
    }
  }

  private void shares(Console console) {
    List<Share> shares = new ArrayList<>(Share.of(by, statement().lines()));
    Share total = Share.total(statement().lines());
    int counts = width(List.of(Long.toString(total.purchases())), "PURCHASES");
    int sums = width(List.of(usd(total.micros())), "USD");
    Table table = new Table(by.name(), right("PURCHASES", counts), right("USD", sums), "");
    for (Share share : shares) {
      table.add(
          name(share.name()),
          right(Long.toString(share.purchases()), counts),
          right(usd(share.micros()), sums),
          remark(share));
    }
    table.add(
        "total",
        right(Long.toString(total.purchases()), counts),
        right(usd(total.micros()), sums),
        remark(total));
    table.print(console);
  }

  /// Of the same width, so that points stand below each other.
  private static String usd(long micros) {
    return Money.dollars(micros).toPlainString();
  }

  private static int width(List<String> cells, String title) {
    return cells.stream().mapToInt(String::length).reduce(title.length(), Math::max);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String remark(Share share) {
    List<String> parts = new ArrayList<>();
    if (share.estimated() > 0) {
      parts.add(share.estimated() + " estimated");
    }
    if (share.unpriced() > 0) {
      parts.add(share.unpriced() + " without a known price");
    }
    return String.join(", ", parts);
  }

  /// A person's name for their number.
  private String name(String name) {
    if (by != Share.By.PERSON) {
      return name;
    }
    return name.equals("0")
        ? "(nobody)"
        : spent.people().getOrDefault(Long.valueOf(name), "(removed, number " + name + ")");
  }

  private void budgets(Console console) {
    Table table = new Table("BUDGET", "USED", "OF", "", "RESETS");
    for (BudgetState state : statement().budgets()) {
      String whose = state.whose();
      String person =
          whose.chars().allMatch(c -> c >= '0' && c <= '9') && !whose.isEmpty()
              ? spent.people().getOrDefault(Long.valueOf(whose), whose)
              : whose;
      table.add(
          person.isEmpty() ? state.budget() : state.budget() + ": " + person,
          Money.text(state.taken()),
          Money.text(state.limit()) + " a " + state.period().name().toLowerCase(Locale.ROOT),
          right(state.percent() + " %", 5),
          WHEN.format(state.next()) + " (" + state.next().getZone() + ")");
    }
    table.print(console);
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    List<Ledger.Open> underWay = statement().underWay();
    if (!underWay.isEmpty()) {
      remarks.add(
          "Under way: %s, %s set aside"
              .formatted(purchases(underWay.size()), Money.text(Statement.most(underWay))));
    }
    List<Ledger.Open> adrift = statement().adrift();
    if (!adrift.isEmpty()) {
      remarks.add(
          "Adrift: %s, at most %s: nobody knows what became of that, so it counts in full. A bill"
                  .formatted(purchases(adrift.size()), Money.text(Statement.most(adrift)))
              + " can tell: sandpiper cost import FILE --settle");
    }
    for (Refusal.Paused pause : statement().pauses()) {
      remarks.add(Console.plain(pause.words()));
    }
    return remarks;
  }

  private static String purchases(int count) {
    return count == 1 ? "1 purchase" : count + " purchases";
  }

  /// Everything, one line for each day and thing.
  List<String> csvLines() {
    List<String> lines = new ArrayList<>();
    lines.add("day,kind,what,workflow,person,purchases,estimated,unpriced,usd");
    for (Ledger.Line line : statement().lines()) {
      lines.add(
          String.join(
              ",",
              line.day().toString(),
              line.kind().name().toLowerCase(Locale.ROOT),
              cell(line.what()),
              cell(line.workflow()),
              Long.toString(line.person()),
              Long.toString(line.purchases()),
              Long.toString(line.estimated()),
              Long.toString(line.unpriced()),
              usd(line.micros())));
    }
    return lines;
  }

  /// One line for each share.
  List<String> csvShares() {
    List<String> lines = new ArrayList<>();
    lines.add(by.name().toLowerCase(Locale.ROOT) + ",purchases,estimated,unpriced,usd");
    for (Share share : Share.of(by, statement().lines())) {
      lines.add(
          String.join(
              ",",
              cell(share.name()),
              Long.toString(share.purchases()),
              Long.toString(share.estimated()),
              Long.toString(share.unpriced()),
              usd(share.micros())));
    }
    return lines;
  }

  /// Quoted where it must be; what a spreadsheet would take for a formula gets an apostrophe.
  private static String cell(String text) {
    String plain = Console.plain(text).replace('\n', ' ');
    String safe = !plain.isEmpty() && "=+-@".indexOf(plain.charAt(0)) >= 0 ? "'" + plain : plain;
    return safe.contains(",") || safe.contains("\"")
        ? "\"" + safe.replace("\"", "\"\"") + "\""
        : safe;
  }

  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("from", statement().from().toString());
    out.writeStringField("to", statement().to().toString());
    out.writeStringField("currency", "USD");
    out.writeStringField("by", by.name().toLowerCase(Locale.ROOT));
    out.writeArrayFieldStart("shares");
    for (Share share : Share.of(by, statement().lines())) {
      out.writeStartObject();
      out.writeStringField("name", share.name());
      if (by == Share.By.PERSON) {
        out.writeStringField("person", name(share.name()));
      }
      counts(out, share);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("total");
    counts(out, Share.total(statement().lines()));
    out.writeEndObject();
    out.writeArrayFieldStart("budgets");
    for (BudgetState state : statement().budgets()) {
      budget(out, state);
    }
    out.writeEndArray();
    open(out, "underWay", statement().underWay());
    open(out, "adrift", statement().adrift());
    out.writeArrayFieldStart("paused");
    for (Refusal.Paused pause : statement().pauses()) {
      out.writeString(pause.workflow());
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void counts(JsonGenerator out, Share share) throws IOException {
    out.writeNumberField("purchases", share.purchases());
    out.writeNumberField("estimated", share.estimated());
    out.writeNumberField("unpriced", share.unpriced());
    out.writeNumberField("usd", Money.dollars(share.micros()));
  }

  private static void budget(JsonGenerator out, BudgetState state) throws IOException {
    out.writeStartObject();
    out.writeStringField("budget", state.budget());
    out.writeStringField("period", state.period().name().toLowerCase(Locale.ROOT));
    out.writeStringField("whose", state.whose());
    out.writeNumberField("limit", Money.dollars(state.limit()));
    out.writeNumberField("taken", Money.dollars(state.taken()));
    out.writeNumberField("spent", Money.dollars(state.spent()));
    out.writeStringField("next", state.next().toInstant().toString());
    out.writeEndObject();
  }

  private static void open(JsonGenerator out, String name, List<Ledger.Open> open)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeNumberField("purchases", open.size());
    out.writeNumberField("usd", Money.dollars(Statement.most(open)));
    out.writeEndObject();
  }
}
