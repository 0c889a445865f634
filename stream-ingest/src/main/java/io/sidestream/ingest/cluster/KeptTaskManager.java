package io.sidestream.ingest.cluster;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the TaskManager of a cluster in this process again where it ended itself, as it does when
 * a sink cannot abort its transaction: no engine of containers would.
 */
final class KeptTaskManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptTaskManager.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /** Looks in a row that find none; at a start it registers a moment later. */
  private static final int ABSENCES = 2;

  private final MiniCluster cluster;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(KeptTaskManager::thread);
  private int absences; // of the thread

  /**
   * Begins to look after it.
   *
   * @param interval between two looks
   */
  KeptTaskManager(MiniCluster cluster, Duration interval) {
    this.cluster = cluster;
    looking.scheduleWithFixedDelay(
        this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "kept-task-manager");
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    try {
      absences = taskManagers() > 0 ? 0 : absences + 1;
      if (absences >= ABSENCES) {
        absences = 0;
        LOG.warn("no TaskManager is there, one is started");
        cluster.startTaskManager();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("the cluster does not answer, or ends", e);
    }
  }

  private int taskManagers() throws InterruptedException, ExecutionException, TimeoutException {
    ClusterOverview overview =
        cluster.requestClusterOverview().get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    return overview.getNumTaskManagersConnected();
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
