package io.sidestream.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals that ask a process to stop, taken before the JVM begins to end. */
final class Signals {
  /*
   * sun.misc.Signal is in every JDK, in the module jdk.unsupported, and nothing has taken its
   * place. By reflection, as javac warns of it; Kafka's LoggingSignalHandler does likewise.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  /** Names of those that a terminal, the system and an operator's tools send. */
  static final List<String> STOPPING = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /**
   * Calls an action with a signal's number in place of what the JVM does, ending.
   *
   * @return restores that; empty where the signal is ignored, or this JVM has no such thing
   */
  static Optional<Runnable> take(String name, IntConsumer action) {
    try {
      Class<?> type = Class.forName(SIGNAL);
      Class<?> handlerType = Class.forName(HANDLER);
      Method handle = type.getMethod("handle", type, handlerType);
      Object signal = type.getConstructor(String.class).newInstance(name);
      int number = (int) type.getMethod("getNumber").invoke(signal);
      Object before = handle.invoke(null, signal, handler(handlerType, number, action));
      if (before == handlerType.getField("SIG_IGN").get(null)) { // as below nohup
        handle.invoke(null, signal, before);
        return Optional.empty();
      }
      return Optional.of(() -> restore(handle, signal, before));
    } catch (ReflectiveOperationException e) {
      LOG.debug("signal {} is left to the JVM", name, e);
      return Optional.empty();
    }
  }

  private static Object handler(Class<?> type, int number, IntConsumer action) {
    return Proxy.newProxyInstance(
        Signals.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> action.accept(number);
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            case "equals" -> {
              return proxy == arguments[0];
            }
            default -> {
              return "signal " + number;
            }
          }
          return null;
        });
  }

  private static void restore(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a signal's handler cannot be restored", e);
    }
  }
}
