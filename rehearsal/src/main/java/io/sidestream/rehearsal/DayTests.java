package io.sidestream.rehearsal;

import io.sidestream.rehearsal.RehearsalResult.Arm;
import io.sidestream.rehearsal.RehearsalResult.Tests;
import io.sidestream.schemas.GenerationTest.Task;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the tests of a day. */
final class DayTests {
  private final Map<String, Tests> tasks = new TreeMap<>();

  void add(Task task, Set<Arm> hits) {
    Map<Arm, Integer> ones = hits.stream().collect(Collectors.toMap(arm -> arm, arm -> 1));
    tasks.merge(task.name().toLowerCase(Locale.ROOT), new Tests(1, ones), Tests::plus);
  }

  RehearsalResult.Day day(int number) {
    return new RehearsalResult.Day(number, tasks);
  }
}
