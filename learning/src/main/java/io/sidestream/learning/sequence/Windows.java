package io.sidestream.learning.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Cuts users' sequences into windows, differently in each epoch. */
final class Windows {
  /*
   * Every position of a window but the last is an input, and every one but the first a target: the
   * item that came next. Only the first meeting of a user with an item is one, as in evaluation. A
   * last window that would be short reaches back; what the window before had as targets are none
   * again. Where the cuts lie differs from epoch to epoch, and so does the order of events of equal
   * time: files sort those by item.
   */

  /**
   * Consecutive events of a user. Arrays are not copied: each is of one window, and lives for an
   * epoch.
   *
   * @param rows inputs and, one later, targets
   * @param targets whether the item after each input is a target
   */
  record Window(int[] rows, boolean[] targets) {
    /** How many inputs there are. */
    int length() {
      return targets.length;
    }
  }

  private final int length;
  private final int eventsPerUser;

  /**
   * @param length most inputs of a window
   * @param eventsPerUser latest events of a user that an epoch meets
   */
  Windows(int length, int eventsPerUser) {
    this.length = length;
    this.eventsPerUser = eventsPerUser;
  }

  /** Batches of windows of similar length, in random order. */
  List<List<Window>> batches(List<UserSequence> users, int batch, SplittableRandom random) {
    List<Window> windows = new ArrayList<>();
    users.forEach(user -> windows.addAll(of(user, random)));
    shuffle(windows, random);
    windows.sort(Comparator.comparingInt(Window::length)); // stable: equal lengths stay shuffled
    List<List<Window>> batches = new ArrayList<>();
    for (int at = 0; at < windows.size(); at += batch) {
      batches.add(List.copyOf(windows.subList(at, Math.min(windows.size(), at + batch))));
    }
    shuffle(batches, random);
    return batches;
  }

  /** The windows of one user. */
  List<Window> of(UserSequence user, SplittableRandom random) {
    int[] rows = shuffledTies(user, random);
    boolean[] first = new boolean[rows.length];
    Set<Integer> known = new HashSet<>();
    for (int i = 0; i < rows.length; i++) {
      first[i] = known.add(rows[i]);
    }
    int from = Math.max(0, rows.length - eventsPerUser);
    int events = rows.length - from;
    List<Window> windows = new ArrayList<>();
    if (events < 2) {
      return windows;
    }
    int offset = events > length + 1 ? random.nextInt(length) : 0;
    int next = offset > 0 ? offset : length;
    for (int begin = 0; begin < events - 1; begin = next, next += length) {
      int end = Math.min(events - 1, next);
      int low = end - begin < length ? Math.max(0, end - length) : begin;
      Window window = window(rows, first, from + low, from + begin, from + end);
      if (window.length() > 0) {
        windows.add(window);
      }
    }
    return windows;
  }

  /** Inputs low to end - 1, targets begin + 1 to end. */
  private static Window window(int[] rows, boolean[] first, int low, int begin, int end) {
    int[] part = new int[end - low + 1];
    boolean[] targets = new boolean[end - low];
    boolean any = false;
    for (int at = low; at <= end; at++) {
      part[at - low] = rows[at];
      if (at > begin) {
        targets[at - low - 1] = first[at];
        any |= first[at];
      }
    }
    return any ? new Window(part, targets) : new Window(new int[0], new boolean[0]);
  }

  private static int[] shuffledTies(UserSequence user, SplittableRandom random) {
    int[] rows = user.rows();
    long[] times = user.times();
    for (int start = 0; start < rows.length; ) {
      int end = start + 1;
      while (end < rows.length && times[end] == times[start]) {
        end++;
      }
      for (int i = end - 1; i > start; i--) {
        int other = start + random.nextInt(i - start + 1);
        int row = rows[i];
        rows[i] = rows[other];
        rows[other] = row;
      }
      start = end;
    }
    return rows;
  }

  private static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
