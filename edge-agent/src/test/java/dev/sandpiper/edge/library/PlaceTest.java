package dev.sandpiper.edge.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {

  @Test
  void whatAFileCallsItsPartsInsideIsNotShown() {
    assertThat(Place.shown("content.xml")).isEmpty();
    assertThat(Place.shown("word/document.xml")).isEmpty();
    assertThat(Place.shown("2024/office-lease.odt: content.xml")).contains("2024/office-lease.odt");
    assertThat(Place.shown("Sheet1")).contains("Sheet1");
    assertThat(Place.shown("Invoices of May")).contains("Invoices of May");
    assertThat(Place.shown(null)).isEmpty();
  }
}
