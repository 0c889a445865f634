package io.sidestream.chaos;

import io.sidestream.chaos.schedule.Fault;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Connection;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** A running system that faults may befall, and how each of them is brought about. */
public interface ChaosSystem extends AutoCloseable {
  /** What makes a fault end: the process goes on, the network is whole. */
  @FunctionalInterface
  interface FaultEnd {
    void end() throws IOException, InterruptedException;
  }

  /** Whom faults may befall. */
  Set<Target> targets();

  /** Settings of clients that reach the broker directly. */
  Settings settings();

  /** The way to the broker that no fault of a network befalls. */
  Connection connection();

  /**
   * Begins a fault of one process.
   *
   * @param random draws what is random about it
   * @return what ends it
   * @throws FaultLeftOutException where this system cannot have it
   */
  FaultEnd begin(Fault fault, Target target, SplittableRandom random)
      throws IOException, InterruptedException, FaultLeftOutException;

  /** Whether all processes say that they are ready. */
  boolean isReady() throws InterruptedException;

  /** The admin port of an index as it can be reached now. */
  AdminPages admin(Target index) throws IOException, InterruptedException;

  /**
   * Sees to it that what ended by itself runs again, and tells how each end came that was not
   * meant.
   */
  void revive(BiConsumer<Target, String> ended) throws IOException, InterruptedException;

  /** Time from one look for what ended to the next. */
  Duration lookEvery();

  /** Where the processes' logs are, for users. */
  String logs();

  @Override
  void close();
}
