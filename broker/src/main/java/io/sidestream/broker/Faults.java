package io.sidestream.broker;

import kafka.server.FaultHandlerFactory;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;

/**
 * Handles Kafka's faults: while the broker starts they are thrown to the caller; once it runs a
 * fatal one ends the process, as it would end a separate broker.
 */
final class Faults implements FaultHandlerFactory {
  private final FaultHandlerFactory whenRunning = new StandardFaultHandlerFactory();
  private volatile boolean running;

  /** Switches from throwing faults to handling them as Kafka does. */
  void running() {
    running = true;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    FaultHandler standard = whenRunning.build(name, fatal, action);
    return (message, cause) ->
        running
            ? standard.handleFault(message, cause)
            : new FaultHandlerException(name + ": " + message, cause);
  }
}
