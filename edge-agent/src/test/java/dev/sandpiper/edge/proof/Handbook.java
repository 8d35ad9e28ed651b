package dev.sandpiper.edge.proof;

import java.util.ArrayList;
import java.util.List;

/// A house's handbook of thirty pages, each about something of its own.
final class Handbook {
  /// Its file name.
  static final String NAME = "hazel-court";

  private static final List<String> TOPICS =
      List.of(
          "Residents' handbook|Hazel Court was built in 1994 and has 36 flats on five floors.",
          "Who we are|The property manager is Fern Lane Homes Ltd., open on weekdays from 9 to 17.",
          "Keys|Each flat gets three keys; a lost one costs 85.00 EUR.",
          "Rent|The rent is due on the third working day of each month.",
          "Deposit|The deposit is three months of rent and is paid back within six weeks of moving out.",
          "Quiet hours|Quiet hours last from 22:00 to 6:00 and all of Sunday.",
          "Pets|Cats and small animals are welcome; a dog needs the written consent of the manager.",
          "Waste|Paper is collected every second Tuesday, glass goes to the corner of Mill Street.",
          "Laundry|The washing machines in the cellar take tokens of 1.50 EUR.",
          "Bicycles|Bicycles stand in the yard; the racks are cleared every October.",
          "Parking|A parking space costs 45.00 EUR a month and is let by the year.",
          "Heating|The boiler was installed by Carter & Sons; its warranty ends on 30 September 2031.",
          "Heating service|The boiler is serviced every May by Carter & Sons, telephone 555-0142.",
          "Water|The main tap of each flat is behind the panel in the bathroom.",
          "Electricity|The fuse box is beside the front door; the meter is read in December.",
          "Internet|Fibre was laid in 2022; the socket is in the living room.",
          "Windows|Windows are aired twice a day for ten minutes, not tilted for hours.",
          "Mould|Report dark spots at once, with a photo, to the manager.",
          "Smoke alarms|Smoke alarms are tested once a year by Beacon Safety.",
          "Lift|The lift was inspected on 14 March 2025; it carries eight persons.",
          "Stairs|Shoes, prams and boxes do not stand in the staircase.",
          "Garden|The lawn is for everybody; barbecues need a gas grill.",
          "Balconies|Flower boxes hang on the inside of the railing.",
          "Post|Parcels are left at flat 3 on the ground floor.",
          "Insurance|The building is insured with Oak Mutual, policy OM-77120-4.",
          "Repairs|Small repairs up to 110.00 EUR are paid by the tenant.",
          "Painting|Walls are painted white before a flat is given back.",
          "Notice|The tenant gives notice three months ahead, in writing, to the end of a month.",
          "Moving|The lift is padded for a move when it is booked a week before.",
          "Emergency|At night the caretaker, Mr. Osei, answers 555-0199.");

  private static final String FILLER =
      " Please read this page with care and ask when something is not clear to you. What stands here"
          + " was agreed by the owners at their meeting, and it holds for everybody who lives in the"
          + " house, for guests and for those who work here. If it changes, you are told in a letter and"
          + " this page is printed anew. Most trouble in a house comes from small things that nobody"
          + " talks about, so talk to your neighbours first, then to us, and keep a copy of what you"
          + " send. We thank you for your help and your patience.";

  private Handbook() {}

  static byte[] pdf() {
    List<Booklet.Page> pages = new ArrayList<>();
    for (String topic : TOPICS) {
      int bar = topic.indexOf('|');
      pages.add(new Booklet.Page(topic.substring(0, bar), topic.substring(bar + 1) + FILLER));
    }
    return Booklet.of(NAME, pages);
  }
}
