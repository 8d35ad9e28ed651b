#!/usr/bin/env python3
"""Makes the sample documents from source/ and from the text below. Run it only to change them.

Needs LibreOffice (writer, calc, impress), qpdf, the Noto CJK and DejaVu fonts, and the Python
packages python-pptx, openpyxl and pillow. Msg.java beside it makes the one Outlook message.
"""

import csv
import io
import json
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP

from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.util import Inches, Pt

HERE = pathlib.Path(__file__).parent
SOURCE = HERE / "source"
OUT = HERE / "documents"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="sandpiper-samples-"))


def target(name):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def convert(source, kind, name, filters=""):
    """Converts with LibreOffice and moves the result to documents/<name>."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{WORK}/profile", *filters.split(),
               "--convert-to", kind, "--outdir", str(WORK / "out"), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    made = WORK / "out" / (pathlib.Path(source).stem + "." + kind.split(":")[0])
    shutil.move(made, target(name))


def writer_documents():
    html = '--infilter=HTML(StarWriter)'
    convert(SOURCE / "boiler-invoice.html", "pdf:writer_web_pdf_Export", "invoices/boiler-invoice-2025-0317.pdf")
    convert(SOURCE / "kestrel-manual.fodt", "pdf:writer_pdf_Export", "manuals/kestrel-24-manual.pdf")
    convert(SOURCE / "mietvertrag.html", "docx:MS Word 2007 XML", "contracts/Mietvertrag Einliegerwohnung.docx", html)
    convert(SOURCE / "office-lease.html", "odt:writer8", "contracts/office-lease.odt", html)
    convert(SOURCE / "kuendigung-strom.html", "rtf:Rich Text Format", "letters/Kündigung Stromvertrag.rtf", html)
    convert(SOURCE / "kuendigung-strom.html", "doc:MS Word 97", "letters/kuendigung-strom-1997.doc", html)
    convert(SOURCE / "jitensha-hoken.html", "docx:MS Word 2007 XML", "letters/自転車保険.docx", html)
    convert(SOURCE / "risala.html", "odt:writer8", "letters/رسالة من ليلى.odt", html)
    shutil.copy(SOURCE / "boiler-recall-notice.html", target("manuals/boiler-recall-notice.html"))


def form():
    """A filled PDF form: its values are in the fields, not on the page."""
    fields = [("Name", "Jonas Winter"), ("Customer number", "7718-204"), ("Meter number", "1 ESY 1161 4500"),
              ("Reading in kWh", "48213"), ("Read on", "1 October 2025")]
    text = "BT /F1 16 Tf 72 760 Td (Meter reading card, Weserstrom AG) Tj ET\n"
    objects, kids = [], []
    for i, (label, value) in enumerate(fields):
        y = 700 - 40 * i
        text += f"BT /F1 11 Tf 72 {y + 4} Td ({label}) Tj ET\n"
        objects.append(f"<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /T ({label}) /TU ({label}) /V ({value}) "
                       f"/DA (/F1 11 Tf 0 g) /Rect [220 {y} 480 {y + 18}] /P 3 0 R >>")
        kids.append(6 + i)
    tick = 6 + len(fields)
    objects.append("<< /Type /Annot /Subtype /Widget /FT /Btn /F 4 /T (Photo of the meter enclosed) /V /Yes /AS /Yes "
                   "/Rect [220 490 234 504] /P 3 0 R /MK << /CA (4) >> >>")
    text += "BT /F1 11 Tf 72 494 Td (Photo of the meter enclosed) Tj ET\n"
    objects.append("<< /Type /Annot /Subtype /FreeText /F 4 /Rect [72 420 480 450] /DA (/F1 10 Tf 0 g) "
                   "/Contents (Night tariff meter was replaced in August, see letter of 12 August.) /P 3 0 R >>")
    objects.append("<< /Type /Annot /Subtype /Link /Rect [72 380 300 396] /A << /S /URI "
                   "/URI (https://example.org/weserstrom/meter) >> /P 3 0 R >>")
    text += "BT /F1 11 Tf 72 384 Td (Send it online instead) Tj ET\n"
    numbers = [*kids, tick]
    annots = " ".join(f"{6 + i} 0 R" for i in range(len(objects)))
    head = ["<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [" + " ".join(f"{n} 0 R" for n in numbers)
            + "] /DA (/F1 11 Tf 0 g) /DR << /Font << /F1 4 0 R >> >> /NeedAppearances true >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            f"/Resources << /Font << /F1 4 0 R >> >> /Annots [{annots}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            f"<< /Length {len(text)} >>\nstream\n{text}endstream"]
    body, offsets = "%PDF-1.7\n", []
    for n, value in enumerate(head + objects, 1):
        offsets.append(len(body))
        body += f"{n} 0 obj\n{value}\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n" + "".join(f"{o:010d} 00000 n \n" for o in offsets)
    body += f"trailer << /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    target("forms/meter-reading-card.pdf").write_bytes(body.encode("latin-1"))


def spreadsheets():
    book = Workbook()
    budget = book.active
    budget.title = "Budget 2025"
    budget.append(["Month", "Rent received", "Gas", "Electricity", "Insurance", "Repairs", "Balance"])
    gas = [182.4, 171.9, 140.2, 96.5, 61.0, 44.2, 41.8, 42.3, 58.9, 101.7, 139.5, 170.8]
    for i, cost in enumerate(gas):
        row = i + 2
        budget.append([date(2025, i + 1, 1), 665 if i >= 8 else 0, cost, 88.5, 41.2, 4870.21 if i == 2 else 25 * (i % 3),
                       f"=B{row}-SUM(C{row}:F{row})"])
        budget.cell(row, 1).number_format = "MMMM YYYY"
    budget.append(["Total", *[f"=SUM({c}2:{c}13)" for c in "BCDEFG"]])
    for row in budget.iter_rows(min_row=2, min_col=2, max_col=7):
        for cell in row:
            cell.number_format = "#,##0.00 [$€-407]"
    insurance = book.create_sheet("Insurance")
    insurance.append(["Policy", "Company", "Number", "Cancel by", "Per year"])
    for line in [("Building", "Hanse Feuer", "HF-2281-90", date(2025, 9, 30), 311.5),
                 ("Household contents", "Hanse Feuer", "HF-2281-91", date(2025, 9, 30), 98.2),
                 ("Bicycles", "Radschutz", "RS 40 771", date(2026, 2, 28), 64.0),
                 ("Liability", "Nordlicht", "NL-5512", date(2025, 11, 15), 71.3)]:
        insurance.append(line)
    for sheet in book:
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    book.save(WORK / "household-budget-2025.xlsx")
    convert(WORK / "household-budget-2025.xlsx", "xlsx:Calc MS Excel 2007 XML", "numbers/household-budget-2025.xlsx")
    convert(WORK / "household-budget-2025.xlsx", "xls:MS Excel 97", "numbers/household-budget-2003.xls")

    book = Workbook()
    readings = book.active
    readings.title = "Meter readings"
    readings.append(["Date", "Electricity kWh", "Gas m³", "Water m³", "Note"])
    for i in range(24):
        readings.append([date(2024 + i // 12, i % 12 + 1, 1), 41200 + 292 * i, 9105 + [96, 88, 70, 41, 22, 9, 8, 8, 17, 45, 71, 90][i % 12] * (i + 1) // 3,
                         611 + 7 * i, {14: "new boiler in service", 20: "night meter replaced"}.get(i, "")])
    book.save(WORK / "meter-readings.xlsx")
    convert(WORK / "meter-readings.xlsx", "ods:calc8", "numbers/meter-readings.ods")


def slides(title, subtitle, pages, notes):
    deck = Presentation()
    relations = deck.part.package._rels  # without the template's thumbnail, which shows other slides
    for thumbnail in [key for key, value in relations.items() if value.reltype.endswith("/thumbnail")]:
        relations.pop(thumbnail)
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = title, subtitle
    for heading, lines in pages:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = heading
        frame = slide.placeholders[1].text_frame
        for i, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = line.lstrip("-"), len(line) - len(line.lstrip("-"))
        if heading in notes:
            slide.notes_slide.notes_text_frame.text = notes[heading]
    return deck


def presentations():
    deck = slides("A tour of our homelab", "Jonas Winter, Bremen makers' evening, 22 May 2025", [
        ("Why at home?", ["The documents never leave the house", "Costs 4 € a month in electricity", "-a Raspberry Pi 5 draws 3 watts idle", "We learn something"]),
        ("What runs", ["sandpiper: reads every invoice and manual", "backup: restic to the office, every night", "home: heating, sensors, doorbell"]),
        ("What broke", ["A full SD card in February", "The boiler sensor after the firmware update", "-fixed with a 10 kΩ resistor"]),
    ], {"What broke": "Tell the story of the SD card: nobody noticed for nine days because the alarm mail went to the old address."})
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Power draw"
    rows = [("Device", "Idle", "Busy"), ("Raspberry Pi 5", "3.1 W", "8.8 W"), ("NAS", "14 W", "31 W"), ("Switch", "5 W", "6 W")]
    table = slide.shapes.add_table(len(rows), 3, Inches(1), Inches(2), Inches(8), Inches(2)).table
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
            table.cell(r, c).text_frame.paragraphs[0].font.size = Pt(18)
    deck.save(target("talks/homelab-tour.pptx"))

    deck = slides("Renovating the flat on the ground floor", "Plan for the summer of 2025", [
        ("Timetable", ["June: pipes and wiring", "July: floor and tiles", "-tiles are ordered, delivery on 4 July", "August: paint, kitchen", "1 September: Layla moves in"]),
        ("Money", ["Bathroom 6,400 €", "Kitchen, second hand 900 €", "Floor 2,150 €", "Reserve 10 per cent"]),
        ("Risks", ["Asbestos in the old floor glue? Test first", "The fitter is busy until mid June"]),
    ], {})
    deck.save(WORK / "renovation-plan.pptx")
    convert(WORK / "renovation-plan.pptx", "odp:impress8", "talks/renovation-plan.odp")


def mails():
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Petersen Haustechnik <buero@petersen.example>"
    mail["To"] = "Mara Winter <mara@winter.example>"
    mail["Cc"] = "Jonas Winter <jonas@winter.example>"
    mail["Subject"] = "Boiler warranty: your registration is complete ✓"
    mail["Date"] = datetime(2025, 3, 21, 9, 12).astimezone()
    mail["Message-ID"] = "<20250321.0912@petersen.example>"
    text = ("Dear Mrs Winter,\n\nthe maker has confirmed the boiler warranty for NW-24-0817-4431. Please keep the attached\n"
            "invoice and service plan with your papers. The first service is due in March 2026.\n\nBest wishes\nHauke Petersen\n")
    mail.set_content(text)
    mail.add_alternative("<p>Dear Mrs Winter,</p><p>the maker has confirmed the <b>boiler warranty</b> for NW-24-0817-4431. "
                         "Please keep the attached invoice and service plan with your papers. The first service is due in March 2026.</p>"
                         "<p>Best wishes<br>Hauke Petersen</p>", subtype="html")
    mail.add_attachment((OUT / "invoices/boiler-invoice-2025-0317.pdf").read_bytes(), maintype="application", subtype="pdf",
                        filename="Rechnung 2025-0317.pdf")
    plan = "date;work;hours\n2026-03-16;first service;1.0\n2027-03-15;service, magnetic filter;1.25\n2028-03-13;service;1.0\n"
    mail.add_attachment(plan.encode(), maintype="text", subtype="csv", filename="service-plan.csv")
    target("mail/boiler-warranty.eml").write_bytes(mail.as_bytes())


def texts():
    target("notes/alte-notiz-latin1.txt").write_bytes(
        ("Notiz vom 3. März 1998\n\nDer Schlüssel für den Öltank liegt über der Kellertür. Großvater füllt jedes Jahr im\n"
         "August 2.800 Liter nach. Vor dem Frost die Außenhähne abdrehen und die Schläuche entleeren.\n").encode("latin-1"))
    target("notes/router-utf16.txt").write_bytes(
        ("Router in the hall\r\nWi-Fi for guests: “Möwennest”. The fibre box (ONT) must stay plugged in.\r\n"
         "If the light blinks red, call 0421 555 0190 and say “Störung”.\r\n").encode("utf-16"))
    target("notes/2025-09-14-meeting.md").write_text("""# Family meeting, 14 September 2025

Present: Mara, Jonas, Layla. Written by Jonas.

## Decisions

1. The cargo bicycle moves to the shed, **not** into the hall.
2. We change the electricity supplier; Jonas checks the notice period first.
3. Quiet hours on Sunday start at 13:00.

## Open points

| What | Who | Until |
| --- | --- | --- |
| Ask Petersen about fault F28 | Mara | 19 September |
| Second key for Layla | Jonas | 16 September |
| Bicycle insurance for Kyoto | Mara | February |

- [ ] Label the fuse box
- [x] Return the borrowed ladder

```sh
sandpiper find "boiler warranty"
```
""", encoding="utf-8")
    with target("numbers/contacts.csv").open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, delimiter=";")
        rows.writerow(["Name", "Role", "Phone", "Note"])
        rows.writerows([["Hauke Petersen", "heating fitter", "0421 555 0117", "best before 8 am; knows the boiler"],
                        ["Layla Haddad", "tenant", "0151 555 2290", "speaks Arabic, German, English"],
                        ["Ngozi Okafor", "partner in the office", "0421 555 0144", 'says "no" to open-plan offices'],
                        ["佐藤 健", "friend in Kyoto", "+81 75 555 0101", "自転車"],
                        ["Frau Grünewald", "Nachbarin, Ersatzschlüssel", "0421 555 0139", "gießt die Blumen;\nfüttert die Katze"]])
    sensors = ["time\troom\tcelsius\thumidity"]
    for hour in range(48):
        for room, base in (("kitchen", 19.5), ("cellar", 14.0), ("study", 20.5)):
            sensors.append(f"2025-11-{1 + hour // 24:02d}T{hour % 24:02d}:00Z\t{room}\t{base + (hour % 24 - 12) / 8:.1f}\t{55 + hour % 7}")
    target("numbers/sensors.tsv").write_text("\n".join(sensors) + "\n")
    target("homelab/smart-home.json").write_text(json.dumps({
        "house": "Hafenstraße 12", "heating": {"boiler": "Nordwarm Kestrel 24", "serial": "NW-24-0817-4431", "curve": 1.2},
        "rooms": [{"name": "kitchen", "target": 20.5, "sensors": ["t-01", "h-01"]}, {"name": "cellar", "target": None, "sensors": ["t-04"]}],
        "alarms": {"carbon monoxide": True, "water in the cellar": True}}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    target("homelab/rack.xml").write_text("""<?xml version="1.0" encoding="UTF-8"?>
<rack name="under the stairs" units="6">
  <device unit="1" model="patch panel"><note>Blue cables go to the office upstairs.</note></device>
  <device unit="2" model="switch, 8 ports"/>
  <device unit="3" model="Raspberry Pi 5, 8 GB"><service>sandpiper</service><service>restic</service></device>
  <device unit="5" model="NAS, two disks"><note>Replace disk two before the boiler warranty ends.</note></device>
</rack>
""", encoding="utf-8")


def book():
    chapters = [("The first night", ["I came to the island on the last boat in October, with eleven crates and a barometer that had already begun to fall.",
                                     "The old keeper showed me the lamp, the oil, the book. “Write down the birds,” he said. “Ships can look after themselves.”"]),
                ("Sandpipers", ["They arrived with the ebb, a hundred or more, running before each wave and after it, as if the sea had given them a letter to deliver.",
                                "In the log I wrote: sandpipers, restless, not one of them lost."]),
                ("Fog", ["For six days I sounded the horn every ninety seconds. On the seventh the silence woke me.",
                         "Wind north-west, force three. Lamp cleaned. Boiler of the fog horn out of order; asked for a fitter by the next boat."])]
    page = ('<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{0}</title></head>'
            '<body><h1>{0}</h1>{1}</body></html>')
    with zipfile.ZipFile(target("books/the-keepers-log.epub"), "w") as epub:
        epub.writestr("mimetype", "application/epub+zip")
        deflated = {"compress_type": zipfile.ZIP_DEFLATED}
        epub.writestr("META-INF/container.xml", '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
                      '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>', **deflated)
        items = "".join(f'<item id="c{i}" href="c{i}.xhtml" media-type="application/xhtml+xml"/>' for i in range(len(chapters)))
        spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
        epub.writestr("OEBPS/book.opf", '<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
                      '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:5a0d7f5e-0a0e-4c58-9d0e-9f1f4f0c2b11</dc:identifier>'
                      '<dc:title>The keeper\'s log</dc:title><dc:creator>Mara Winter</dc:creator><dc:language>en</dc:language><dc:date>2024-12-24</dc:date></metadata>'
                      f'<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}</manifest><spine>{spine}</spine></package>', **deflated)
        links = "".join(f'<li><a href="c{i}.xhtml">{title}</a></li>' for i, (title, _) in enumerate(chapters))
        epub.writestr("OEBPS/nav.xhtml", '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
                      f'<head><title>Contents</title></head><body><nav epub:type="toc"><ol>{links}</ol></nav></body></html>', **deflated)
        for i, (title, paragraphs) in enumerate(chapters):
            epub.writestr(f"OEBPS/c{i}.xhtml", page.format(title, "".join(f"<p>{p}</p>" for p in paragraphs)), **deflated)


def pictures():
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 30)
    image = Image.new("L", (760, 520), 255)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(["HARDWARE SHOP AT THE WEIR", "Receipt 88213   08.11.2025", "", "1 x radiator key          3,49", "2 x filling hose 15 mm   17,90",
                              "1 x carbon monoxide alarm 24,95", "", "TOTAL EUR                46,34", "Thank you, see you soon"]):
        draw.text((40, 30 + 50 * i), line, font=font, fill=0)
    image.save(target("pictures/receipt.png"), optimize=True)
    photo = Image.new("RGB", (640, 360), (118, 148, 163))
    draw = ImageDraw.Draw(photo)
    draw.polygon([(0, 250), (640, 220), (640, 360), (0, 360)], fill=(196, 178, 140))
    draw.ellipse((270, 160, 360, 210), fill=(110, 86, 60))
    draw.line((355, 175, 400, 182), fill=(40, 30, 20), width=4)
    draw.line((300, 208, 296, 252), fill=(40, 30, 20), width=3)
    draw.line((324, 208, 330, 252), fill=(40, 30, 20), width=3)
    photo.save(target("pictures/sandpiper.jpg"), quality=80)


def archives():
    with zipfile.ZipFile(target("archives/tax-2024.zip"), "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.write(OUT / "contracts/office-lease.odt", "2024/office-lease.odt")
        bundle.writestr("2024/donations.csv", "date,to,amount\n2024-02-11,Sea rescue service,120.00\n2024-12-01,City library,60.00\n")
        bundle.writestr("2024/Lohnsteuer.txt", "Lohnsteuerbescheinigung 2024: Bruttolohn 41.212,40 €, Lohnsteuer 6.303,00 €.\n")
    with tarfile.open(target("archives/garden.tar.gz"), "w:gz") as bundle:
        for name, text in (("garden/beds.md", "# Garden\n\n* beans by the fence\n* rhubarb stays where it is\n"),
                           ("garden/pruning.txt", "Prune the pear tree in February, never in frost.\n")):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(text.encode()), 1_740_000_000
            bundle.addfile(entry, io.BytesIO(text.encode()))


def broken():
    invoice = (OUT / "invoices/boiler-invoice-2025-0317.pdf").read_bytes()
    target("broken/half-a-download.pdf").write_bytes(invoice[: len(invoice) // 2])
    source, locked = OUT / "forms/meter-reading-card.pdf", target("broken/needs-a-password.pdf")
    subprocess.run(["qpdf", "--encrypt", "sandpiper", "owner", "256", "--", source, locked], check=True)
    subprocess.run(["qpdf", "--encrypt", "", "owner", "256", "--print=none", "--", source, target("forms/no-printing.pdf")], check=True)
    target("broken/not-really-word.docx").write_bytes(bytes((i * 73 + i // 7) % 256 for i in range(4096)))
    target("broken/empty.txt").write_bytes(b"")
    bundle = (OUT / "archives/tax-2024.zip").read_bytes()
    target("broken/cut-off.zip").write_bytes(bundle[: len(bundle) * 2 // 3])


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    for step in (writer_documents, form, spreadsheets, presentations, mails, texts, book, pictures, archives, broken):
        step()
    shutil.rmtree(WORK)
    print("Now make mail/heizung-wartung.msg with Msg.java.")
    subprocess.run(["find", str(OUT), "-type", "f", "-printf", "%8s  %P\n"], check=True)


if __name__ == "__main__":
    main()
