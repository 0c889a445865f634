package io.sidestream.cli.demo;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A generated film, which is added to the catalogue during the demo. */
final class GeneratedFilm {
  private static final List<String> NOUNS =
      List.of(
          "Lighthouse", "Orchard", "Piano", "Submarine", "Carousel", "Observatory", "Greenhouse");
  private static final List<String> GROUPS =
      List.of("Beekeepers", "Cartographers", "Sleepwalkers", "Clockmakers", "Tightrope Walkers");
  private static final List<String> PLACES =
      List.of("Antarctica", "the Salt Flats", "Lake Baikal", "the Azores", "Timbuktu", "Neptune");

  private GeneratedFilm() {}

  /** A film group title is derived from the current time. */
  static Item at(Clock clock) {
    long now = clock.millis();
    String noun = pick(NOUNS, now);
    String group = pick(GROUPS, now / NOUNS.size());
    String place = pick(PLACES, now / NOUNS.size() / GROUPS.size());
    return new Item(
        new ItemId("generated-" + now),
        "The %s of the %s of %s".formatted(noun, group, place),
        Map.of(
            "overview",
            "A company of %s keeps a forgotten %s running in %s, until a stranger arrives."
                .formatted(group.toLowerCase(Locale.ROOT), noun.toLowerCase(Locale.ROOT), place)),
        Map.of("genre", List.of("Adventure", "Mystery")));
  }

  private static String pick(List<String> words, long number) {
    return words.get(Math.floorMod(number, words.size()));
  }
}
