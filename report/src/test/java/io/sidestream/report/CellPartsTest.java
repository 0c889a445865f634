package io.sidestream.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellPartsTest {
  @ParameterizedTest
  @CsvSource({
    ".2314, 3, .231",
    "-.0382, 3, -.038",
    "-.0001, 3, .000",
    "1, 3, 1.000",
    "12.345, 1, 12.3",
    "0.4, 0, 0",
    "1903.24, 1, '1,903.2'",
    ".9996, 3, 1.000"
  })
  void decimal_numbers_areAsPapersPrintThem(double value, int decimals, String expected) {
    assertEquals(expected, Decimals.print(value, decimals));
  }

  @Test
  void of_eachCase_hasItsParts() {
    Column column = Column.higher("search");

    assertEquals(
        new CellParts(".231", "†", "± .004"),
        CellParts.of(Cell.of(.231, Spread.deviation(.004)).withMark("†"), column));
    assertEquals(
        new CellParts(".231", "", "(.004)"),
        CellParts.of(Cell.of(.231, Spread.standardError(.004)), column));
    assertEquals(new CellParts("17,164", "", ""), CellParts.of(Cell.count(17_164), column));
    assertEquals(new CellParts("–", "", ""), CellParts.of(Cell.ABSENT, column));
  }

  @Test
  void significantDecimals_largestNumber_decides() {
    assertEquals(3, Decimals.significantDecimals(List.of(.62, .041)));
    assertEquals(1, Decimals.significantDecimals(List.of(214.3, 58.71, 120.0)));
    assertEquals(0, Decimals.significantDecimals(List.of(3.0, 40.0)));
  }
}
