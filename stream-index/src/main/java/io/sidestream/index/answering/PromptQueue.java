package io.sidestream.index.answering;

import io.sidestream.model.generator.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What waits for a worker, one queue a task, in the order of arrival. The tasks share the workers'
 * time evenly while both wait. Thread-safe.
 */
final class PromptQueue<T> {
  /*
   * Start-time fair queueing [1]: each queue counts the workers' time that its task was given, and
   * the one with less is next. A queue that was empty starts at the time of the other one: what it
   * did not use is not saved up. A prompt is charged the mean time of its task when it begins, and
   * the difference when it ends, answered or not. [1] Goyal, Vin, Cheng 1996
   */
  private final int workers;
  private final Map<Task, Lane<T>> lanes = new EnumMap<>(Task.class);
  private double startOfLast; // the time of the lane that was served last; unit: nanoseconds
  private boolean closed;

  /** The queue of one task; units: nanoseconds. */
  private static final class Lane<T> {
    final ArrayDeque<T> waiting = new ArrayDeque<>();
    double used;
    final AnswerTime answer = new AnswerTime();
    double most; // the longest wait that was expected since none waited

    double work() {
      return waiting.size() * answer.mean();
    }
  }

  /**
   * What a worker takes.
   *
   * @param charged time of the workers that its task is charged; unit: nanoseconds
   */
  record Taken<T>(T prompt, Task task, double charged) {}

  /**
   * What one that is added now has to expect, by the time that answers took so far.
   *
   * @param queued time until a worker takes it
   * @param most the longest such wait since none of its task waited, this one included
   * @param answer mean time of an answer
   */
  record Expected(Duration queued, Duration most, Duration answer) {}

  PromptQueue(int workers) {
    this.workers = workers;
    for (Task task : Task.values()) {
      lanes.put(task, new Lane<>());
    }
  }

  synchronized void add(Task task, T prompt) {
    Lane<T> lane = lane(task);
    if (lane.waiting.isEmpty()) {
      lane.used = Math.max(lane.used, startOfLast);
    }
    lane.waiting.add(prompt);
    notifyAll();
  }

  /** The next one, waited for; empty when this is closed. */
  synchronized Optional<Taken<T>> take() throws InterruptedException {
    while (!closed && isEmpty()) {
      wait();
    }
    if (closed) {
      return Optional.empty();
    }
    Task task = next();
    Lane<T> next = lane(task);
    startOfLast = next.used;
    double charged = next.answer.mean();
    next.used += charged;
    return Optional.of(new Taken<>(next.waiting.remove(), task, charged));
  }

  private Task next() {
    Lane<T> search = lane(Task.SEARCH);
    Lane<T> recommendation = lane(Task.RECOMMENDATION);
    if (search.waiting.isEmpty() || recommendation.waiting.isEmpty()) {
      return search.waiting.isEmpty() ? Task.RECOMMENDATION : Task.SEARCH;
    }
    return search.used < recommendation.used ? Task.SEARCH : Task.RECOMMENDATION;
  }

  /** One that was taken is answered, after this time of a worker. */
  synchronized void answered(Taken<T> taken, long nanos) {
    Lane<T> lane = lane(taken.task());
    lane.used += nanos - taken.charged();
    lane.answer.add(nanos);
  }

  /** One that was taken is not answered: its time is not of the mean. */
  synchronized void notAnswered(Taken<T> taken, long nanos) {
    lane(taken.task()).used += nanos - taken.charged();
  }

  /** Asked before each one that may be added. */
  synchronized Expected expected(Task task) {
    Lane<T> own = lane(task);
    double others = 0;
    for (Lane<T> lane : lanes.values()) {
      others += lane == own ? 0 : lane.work();
    }
    double before = own.work() + Math.min(own.work() + own.answer.mean(), others);
    double wait = before / workers;
    own.most = own.waiting.isEmpty() ? wait : Math.max(own.most, wait);
    return new Expected(nanos(wait), nanos(own.most), nanos(own.answer.mean()));
  }

  private static Duration nanos(double nanos) {
    return Duration.ofNanos((long) nanos);
  }

  synchronized int waiting(Task task) {
    return lane(task).waiting.size();
  }

  synchronized boolean isEmpty() {
    return size() == 0;
  }

  private int size() {
    int size = 0;
    for (Lane<T> lane : lanes.values()) {
      size += lane.waiting.size();
    }
    return size;
  }

  synchronized void removeIf(Predicate<T> gone) {
    lanes.values().forEach(lane -> lane.waiting.removeIf(gone));
  }

  /** Workers get nothing any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private Lane<T> lane(Task task) {
    Lane<T> lane = lanes.get(task);
    if (lane == null) {
      throw new IllegalArgumentException("no queue for " + task);
    }
    return lane;
  }
}
