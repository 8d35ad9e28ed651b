package dev.sandpiper.parser.format.xlsx;

/// The number formats that workbooks name by number only.
final class BuiltInFormats {

  private BuiltInFormats() {}

  /// The code of a built-in format. Formats that follow the reader's own date settings (14, 22, and
  /// those of East Asia) are shown in ISO order, which nobody misreads.
  static String code(int id) {
    return switch (id) {
      case 1 -> "0";
      case 2 -> "0.00";
      case 3 -> "#,##0";
      case 4 -> "#,##0.00";
      case 5, 6 -> "$#,##0;($#,##0)";
      case 7, 8 -> "$#,##0.00;($#,##0.00)";
      case 9 -> "0%";
      case 10 -> "0.00%";
      case 11 -> "0.00E+00";
      case 12 -> "# ?/?";
      case 13 -> "# ??/??";
      case 14, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> "yyyy-mm-dd";
      case 15 -> "d-mmm-yy";
      case 16 -> "d-mmm";
      case 17 -> "mmm-yy";
      case 18 -> "h:mm AM/PM";
      case 19 -> "h:mm:ss AM/PM";
      case 20, 32, 34, 55 -> "h:mm";
      case 21, 33, 35, 56 -> "h:mm:ss";
      case 22 -> "yyyy-mm-dd hh:mm";
      case 37, 38 -> "#,##0;(#,##0)";
      case 39, 40 -> "#,##0.00;(#,##0.00)";
      case 41 -> "#,##0;(#,##0);\"-\"";
      case 42 -> "$#,##0;($#,##0);$\"-\"";
      case 43 -> "#,##0.00;(#,##0.00);\"-\"";
      case 44 -> "$#,##0.00;($#,##0.00);$\"-\"";
      case 45 -> "mm:ss";
      case 46 -> "[h]:mm:ss";
      case 47 -> "mm:ss.0";
      case 48 -> "##0.0E+0";
      default -> "General";
    };
  }
}
