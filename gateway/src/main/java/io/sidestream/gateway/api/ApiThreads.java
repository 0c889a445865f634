package io.sidestream.gateway.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of the paths, beside the server's. What waits for one is bounded by the requests that
 * the server lets in.
 *
 * @param responses write the responses to searches and recommendations
 * @param rollbacks one thread, so that one rollback follows another
 */
public record ApiThreads(ExecutorService responses, ExecutorService rollbacks)
    implements AutoCloseable {
  private static final int RESPONSE_THREADS = 4;

  public static ApiThreads start() {
    return new ApiThreads(
        Executors.newFixedThreadPool(RESPONSE_THREADS, daemons("gateway-responses")),
        Executors.newSingleThreadExecutor(daemons("gateway-rollbacks")));
  }

  private static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    responses.shutdownNow();
    rollbacks.shutdownNow();
  }
}
