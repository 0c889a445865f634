package io.sidestream.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Liveness, readiness and start-up state. Liveness does not depend on Kafka: it ends when a part
 * has failed permanently. Thread-safe.
 */
public final class Health {
  private final Map<String, BooleanSupplier> conditions;
  private final Map<String, Supplier<?>> details;
  private volatile Optional<String> failure = Optional.empty();
  private volatile boolean stopping;
  private volatile boolean started;

  /**
   * @param conditions of readiness by name, in display order
   */
  public Health(Map<String, BooleanSupplier> conditions) {
    this(conditions, Map.of());
  }

  /**
   * @param conditions of readiness by name, in display order
   * @param details shown with them by name, in display order
   */
  public Health(Map<String, BooleanSupplier> conditions, Map<String, Supplier<?>> details) {
    this.conditions = new LinkedHashMap<>(conditions);
    this.details = new LinkedHashMap<>(details);
  }

  /** Records that a part failed permanently; the first failure is kept. */
  public synchronized void failed(String what) {
    failure = Optional.of(failure.orElse(what));
  }

  /** Not ready from now on. */
  public void stopping() {
    stopping = true;
  }

  public Optional<String> failure() {
    return failure;
  }

  public boolean isLive() {
    return failure.isEmpty();
  }

  public boolean isReady() {
    boolean ready =
        isLive()
            && !stopping
            && conditions.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    started |= ready;
    return ready;
  }

  /** Whether it was ever ready. */
  public boolean isStarted() {
    return started || isReady();
  }

  Page live() {
    return page(isLive(), Map.of("failure", failure.orElse("")));
  }

  Page ready() {
    Map<String, Object> shown = new LinkedHashMap<>();
    conditions.forEach((name, holds) -> shown.put(name, holds.getAsBoolean()));
    shown.put("stopping", stopping);
    details.forEach((name, detail) -> shown.put(name, detail.get()));
    return page(isReady(), shown);
  }

  Page started() {
    return page(isStarted(), Map.of());
  }

  /** A page of health without its details, for callers that may not see them. */
  static Page statusOf(Page page) {
    return page(page.status() == 200, Map.of());
  }

  private static Page page(boolean up, Map<String, Object> details) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "up" : "down");
    body.putAll(details);
    return Page.json(up ? 200 : 503, body);
  }
}
