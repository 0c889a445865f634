package io.sidestream.cli.demo;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A film that nobody made, which comes into the catalogue during the tour. */
final class MadeUpFilm {
  private static final List<String> WHAT =
      List.of(
          "Lighthouse", "Orchard", "Piano", "Submarine", "Carousel", "Observatory", "Greenhouse");
  private static final List<String> WHOSE =
      List.of("Beekeepers", "Cartographers", "Sleepwalkers", "Clockmakers", "Tightrope Walkers");
  private static final List<String> WHERE =
      List.of("Antarctica", "the Salt Flats", "Lake Baikal", "the Azores", "Timbuktu", "Neptune");

  private MadeUpFilm() {}

  /** A film named for this moment: another moment, another film. */
  static Item at(Clock clock) {
    long now = clock.millis();
    String what = pick(WHAT, now);
    String whose = pick(WHOSE, now / WHAT.size());
    String where = pick(WHERE, now / WHAT.size() / WHOSE.size());
    return new Item(
        new ItemId("made-up-" + now),
        "The %s of the %s of %s".formatted(what, whose, where),
        Map.of(
            "overview",
            "A company of %s keeps a forgotten %s running in %s, until a stranger arrives."
                .formatted(whose.toLowerCase(Locale.ROOT), what.toLowerCase(Locale.ROOT), where)),
        Map.of("genre", List.of("Adventure", "Mystery")));
  }

  private static String pick(List<String> words, long number) {
    return words.get(Math.floorMod(number, words.size()));
  }
}
