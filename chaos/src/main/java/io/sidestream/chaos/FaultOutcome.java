package io.sidestream.chaos;

import io.sidestream.chaos.schedule.ScheduledFault;
import java.util.Optional;

/**
 * What became of a step of the schedule.
 *
 * @param startedMillis when the fault began
 * @param endedMillis when it was over: the process was started again, the network was whole
 * @param leftOut why it was not done, if it was not
 */
record FaultOutcome(
    ScheduledFault step, long startedMillis, long endedMillis, Optional<String> leftOut) {}
