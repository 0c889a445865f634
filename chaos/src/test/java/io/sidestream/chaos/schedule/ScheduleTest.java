package io.sidestream.chaos.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final int SEEDS = 1_000;
  private static final Duration LENGTH = Duration.ofMinutes(5);
  private static final String BEGINNING =
      """
       1.4 s  kill          index-1  for 2.7 s
       7.1 s  cut           ingest   for 18.1 s
       10.6 s  pause         index-1  for 19.3 s
       14.2 s  cut           trainer  for 11.8 s""";

  private static Schedule draw(long seed) {
    return Schedule.draw(seed, LENGTH, Target.LOCAL);
  }

  @Test
  void draw_sameSeed_givesTheSameSchedule() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertEquals(draw(seed), draw(seed));
    }
  }

  @Test
  void draw_otherSeeds_giveOtherSchedules() {
    Set<Schedule> all = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      all.add(draw(seed));
    }
    assertEquals(SEEDS, all.size());
    assertNotEquals(draw(1).steps().get(0), draw(2).steps().get(0));
  }

  /** A change of this changes what a seed in an old report means. */
  @Test
  void draw_seed1_beginsAsEver() {
    assertEquals(
        BEGINNING,
        draw(1).steps().stream()
            .limit(4)
            .map(step -> step.toString().strip())
            .collect(Collectors.joining("\n")));
  }

  @Test
  void draw_withFlink_befallsItsProcessesToo() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Set<Target> met = EnumSet.noneOf(Target.class);
      Schedule.draw(seed, LENGTH, Target.WITH_FLINK)
          .steps()
          .forEach(step -> met.add(step.target()));
      assertEquals(Target.WITH_FLINK, met, "seed " + seed);
      met.clear();
      draw(seed).steps().forEach(step -> met.add(step.target()));
      assertEquals(Target.LOCAL, met, "seed " + seed);
    }
  }

  @Test
  void draw_number_givesTheSchedulesOfSuccessiveSeeds() {
    assertEquals(List.of(draw(7), draw(8)), Schedule.draw(7, 2, LENGTH, Target.LOCAL));
    int more = Schedule.MAX_NUMBER + 1;
    assertEquals(
        "run of 1001 schedules, expected 1 to 1000",
        assertThrows(
                IllegalArgumentException.class, () -> Schedule.draw(7, more, LENGTH, Target.LOCAL))
            .getMessage());
  }

  @Test
  void steps_anySeed_areBoundedAndLeaveEachTargetItsRest() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Map<Target, Duration> free = new EnumMap<>(Target.class);
      Duration before = Duration.ZERO;
      for (ScheduledFault step : draw(seed).steps()) {
        String what = "seed " + seed + ": " + step;
        assertTrue(step.at().compareTo(before) >= 0, what);
        assertTrue(step.end().compareTo(LENGTH) <= 0, what);
        assertTrue(step.held().compareTo(step.fault().max()) <= 0, what);
        assertTrue(free.getOrDefault(step.target(), Duration.ZERO).compareTo(step.at()) <= 0, what);
        free.put(step.target(), step.end().plus(Schedule.REST));
        before = step.at();
      }
    }
  }

  @Test
  void steps_anySeed_haveEveryFaultWithinFiveMinutes() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Set<Fault> met = EnumSet.noneOf(Fault.class);
      draw(seed).steps().forEach(step -> met.add(step.fault()));
      assertEquals(EnumSet.allOf(Fault.class), met, "seed " + seed);
    }
  }

  @Test
  void draw_lengthBeyondItsLimits_isRefused() {
    assertEquals(
        "schedule of 9 s, expected 10 to 86400",
        assertThrows(
                IllegalArgumentException.class,
                () -> Schedule.draw(1, Duration.ofSeconds(9), Target.LOCAL))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Schedule.draw(1, Schedule.MAX_LENGTH.plusMillis(1), Target.LOCAL));
  }

  @Test
  void step_faultThatCannotBefallItsTarget_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ScheduledFault(Duration.ZERO, Fault.FULL_DISK, Target.BROKER, Duration.ZERO, 1));
  }
}
