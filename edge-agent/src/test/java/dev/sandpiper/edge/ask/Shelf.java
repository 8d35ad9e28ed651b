package dev.sandpiper.edge.ask;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.OpenLibrary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A household's documents, among many others, for questions.
abstract class Shelf extends OpenLibrary {

  static final List<String> FILLER =
      List.of(
          "garden river stone window paper winter summer bottle bridge copper candle meadow walnut",
          "Vogel Fenster Garten Straße Brücke Winter Sommer Kerze Wiese Nuss Papier Flasche Bahn",
          "amount total sum page number date report minutes agenda member committee board meeting",
          "Betrag Summe Seite Nummer Datum Bericht Protokoll Mitglied Ausschuss Sitzung Verein");

  /// The household's documents; page by page.
  void household() throws IOException {
    put(
        "stadtwerke-2025.pdf",
        "Stromrechnung 2025",
        "2025-02-03",
        "Stadtwerke Musterstadt GmbH. Rechnungsnummer SW-2025-118842. Kundennummer 4471 9920.",
        "Ihr Verbrauch im Jahr 2024 betrug 2.845 kWh. Der Arbeitspreis beträgt 31,4 Cent je kWh.",
        "Der Rechnungsbetrag von 1.034,56 € ist fällig am 17.02.2025. IBAN DE89 3704 0044 0532"
            + " 0130 00.");
    put(
        "boiler-warranty.pdf",
        "Warranty of your boiler",
        "2023-05-11",
        "The Thermona boiler was installed on 2 May 2023 by Harper & Sons.",
        "The warranty covers the heat exchanger for ten years and all other parts for five years.",
        "To keep the warranty valid, the boiler must be serviced every twelve months.");
    put(
        "mietvertrag.pdf",
        "Mietvertrag Lindenallee 12",
        "2021-08-20",
        "Zwischen Frau Brigitte Sommer (Vermieterin) und Herrn Paul Krüger (Mieter).",
        "Die monatliche Miete beträgt 980 Euro, die Nebenkosten 210 Euro. Die Kaution beträgt drei"
            + " Monatsmieten.",
        "Die Kündigungsfrist beträgt drei Monate zum Ende eines Monats. Haustiere sind nach"
            + " Absprache erlaubt.");
    put(
        "invoice-4711.pdf",
        "Invoice 4711",
        "2026-03-14",
        "Invoice number INV-2026-4711 from Northwind Bicycles to Ada Jones.",
        "One cargo bicycle at 2,480.00 EUR. Net 2,084.03 EUR, VAT 19 % 395.97 EUR, total 2,480.00"
            + " EUR.",
        "Payable within 14 days without deduction.");
    put(
        "car-insurance.pdf",
        "Motor insurance policy",
        "2026-01-02",
        "Policy KFZ-88-1234. Insured vehicle: Skoda Octavia, registration M-AB 1234.",
        "The excess for fully comprehensive cover is 500 EUR, for partial cover 150 EUR.",
        "The policy may be cancelled until 30 November of each year.");
    put(
        "impfpass.pdf",
        "Impfausweis Lena",
        "2024-06-01",
        "Tetanus: letzte Impfung am 12.04.2019, Auffrischung nach zehn Jahren.",
        "FSME: Grundimmunisierung abgeschlossen am 3. Mai 2023.");
    put(
        "employment.docx",
        "Employment contract",
        "2022-09-30",
        "The employee is entitled to 28 days of paid leave in each calendar year.",
        "The period of notice is three months to the end of a quarter. The probation lasts six"
            + " months.",
        "The gross salary amounts to 54,600 EUR a year, paid in twelve instalments.");
    put(
        "steuerbescheid-2024.pdf",
        "Einkommensteuerbescheid für 2024",
        "2025-09-18",
        "Finanzamt Musterstadt, Steuernummer 123/456/78901.",
        "Festgesetzt werden Einkommensteuer 7.812,00 € und Solidaritätszuschlag 0,00 €. Erstattung"
            + " 642,00 €.",
        "Ein Einspruch ist innerhalb eines Monats nach Bekanntgabe zulässig.");
    put(
        "dishwasher-manual.pdf",
        "Dishwasher user manual",
        "2020-01-01",
        "Fault code E15: the water protection system is active. Close the tap and call service.",
        "Fault code E24: the outlet hose is kinked or blocked. Clean the filters.",
        "Use salt when the indicator lights up. Water hardness is set in menu H04.");
    put(
        "board-minutes.txt",
        "Minutes of the allotment society",
        "2026-05-09",
        "Present: Mrs Okafor (chair), Mr Lindqvist (treasurer), seven members.",
        "The society resolved to replace the well pump for at most 1,900 EUR.",
        "The next meeting takes place on 12 September 2026 in the club house.");
    put("合同.docx", "租赁合同", "2025-11-11", "本合同由甲乙双方签订，付款期限为三十天。", "违约金为合同总额的百分之五。");
    put(
        "flight.eml",
        "Your booking XK7PQ2",
        "2026-07-01",
        "Booking reference XK7PQ2. Munich to Lisbon on 14 August 2026, departure 06:35.",
        "One checked bag of 23 kg is included. Changes cost 70 EUR.");
  }

  /// Documents that nobody asks for.
  void filler(int documents) throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < documents; i++) {
      String[] words = FILLER.get(random.nextInt(FILLER.size())).split(" ", -1);
      List<String> pages = new ArrayList<>();
      for (int page = 0; page < 3; page++) {
        StringBuilder text = new StringBuilder();
        for (int w = 0; w < 60; w++) {
          text.append(words[random.nextInt(words.length)]).append(w % 12 == 11 ? ". " : " ");
        }
        pages.add(text.append(random.nextInt(100_000)).toString());
      }
      put("filler-" + i + ".pdf", "Filler " + i, "2024-01-01", pages.toArray(new String[0]));
    }
  }

  DocumentInfo put(String name, String title, String date, String... pages) throws IOException {
    DocumentInfo document = arrive(name, name + date, null).document();
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < pages.length; i++) {
      PageRange page = new PageRange(i + 1, i + 1);
      chunks.add(new Chunk("c" + i, i, List.of(title), page, null, pages[i]));
    }
    Instant created = Instant.parse(date + "T10:00:00Z");
    store(document, meta("application/pdf", title, created), chunks);
    return library.find(document.sha256()).orElseThrow();
  }
}
