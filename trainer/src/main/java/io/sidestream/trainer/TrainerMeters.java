package io.sidestream.trainer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.sidestream.admin.EvaluationRows;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.schemas.GenerationState;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Metrics of training requests, of a training's steps, and of the last generation. */
final class TrainerMeters {
  /** What became of a training request. */
  enum Outcome {
    LIVE,
    CANDIDATE,
    REJECTED,
    SKIPPED,
    FAILED,
    INVALID;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** That of a generation which is in this state after its gate. */
    static Outcome of(GenerationState state) {
      return switch (state) {
        case LIVE -> LIVE;
        case CANDIDATE -> CANDIDATE;
        case REJECTED, RETIRED -> REJECTED;
      };
    }
  }

  private final MeterRegistry registry;
  private final Clock clock;
  private final MultiGauge metrics;
  private final Map<String, Progress> progress = new ConcurrentHashMap<>();
  private final AtomicLong lastEndMillis = new AtomicLong();
  private volatile boolean training;
  private volatile double accepted = Double.NaN;
  private volatile double generation;

  /** Share of a step that is done. */
  private static final class Progress {
    private volatile double share;
  }

  TrainerMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.metrics =
        MultiGauge.builder("sidestream.trained.generation.evaluation.ratio").register(registry);
    for (Outcome outcome : Outcome.values()) {
      registry.counter("sidestream.training.requests", "outcome", outcome.label());
    }
    Gauge.builder("sidestream.training.running", this, now -> now.training ? 1 : 0)
        .register(registry);
    Gauge.builder("sidestream.trained.generation", this, now -> now.generation).register(registry);
    Gauge.builder("sidestream.trained.generation.accepted", this, now -> now.accepted)
        .register(registry);
    Gauge.builder("sidestream.training.last.age.seconds", this, TrainerMeters::lastAge)
        .register(registry);
  }

  private double lastAge() {
    long last = lastEndMillis.get();
    return last == 0 ? Double.NaN : (clock.millis() - last) / 1e3;
  }

  /** A request was taken from the topic and is answered. */
  void answered(Outcome outcome) {
    registry.counter("sidestream.training.requests", "outcome", outcome.label()).increment();
  }

  void begun() {
    progress.values().forEach(step -> step.share = 0);
    training = true;
  }

  void ended() {
    training = false;
    lastEndMillis.set(clock.millis());
  }

  void progressed(String step, double share) {
    progress.computeIfAbsent(step, this::register).share = share;
  }

  private Progress register(String step) {
    Progress made = new Progress();
    Gauge.builder("sidestream.training.step.progress.ratio", made, now -> now.share)
        .tag("step", step)
        .register(registry);
    return made;
  }

  void finished(String step, Duration took) {
    progressed(step, 1);
    registry.timer("sidestream.training.step.duration", "step", step).record(took);
  }

  /** A generation is announced; its metrics are those of its test cases. */
  void announced(Manifest manifest) {
    Manifest.Quality quality = manifest.quality();
    generation = manifest.generation().number();
    accepted = quality.accepted() ? 1 : 0;
    metrics.register(EvaluationRows.of(quality.metrics()), true);
  }
}
