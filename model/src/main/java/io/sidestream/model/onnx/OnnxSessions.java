package io.sidestream.model.onnx;

import static io.sidestream.schemas.Checks.checkRange;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.sidestream.schemas.ReasonText;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens graphs on one device with one number of threads. Thread-safe. */
public final class OnnxSessions {
  /** Most threads one session may use. */
  public static final int MAX_THREADS = 256;

  private static final Logger log = LoggerFactory.getLogger(OnnxSessions.class);

  private final Device wanted;
  private final int threads;
  private final AtomicBoolean withoutGpu = new AtomicBoolean();
  private volatile boolean usedGpu;

  /**
   * @param threads that one run of one session uses; on a GPU, for what stays on the CPU
   */
  public OnnxSessions(Device device, int threads) {
    checkRange(threads, 1, MAX_THREADS, "sessions of %d threads");
    this.wanted = device;
    this.threads = threads;
  }

  /** Sessions on the CPU. */
  public static OnnxSessions cpu(int threads) {
    return new OnnxSessions(Device.CPU, threads);
  }

  /** Where sessions run: {@link Device#CPU} once no GPU could be used. */
  public Device device() {
    return withoutGpu.get() ? Device.CPU : wanted;
  }

  /**
   * Opens a graph, for the caller to close.
   *
   * @throws IllegalArgumentException for one with data in other files, or a float32 weight NaN, or
   *     that ONNX Runtime refuses
   * @throws OnnxException when a GPU in use cannot take it now
   */
  public OrtSession open(Path graph) {
    OnnxFile.requireSelfContained(graph);
    return device() == Device.CUDA ? openCuda(graph) : openCpu(graph);
  }

  /**
   * Whether a failure is of the machine: of its GPU, or of a run there, or for want of memory,
   * threads or file handles, which may go well later. Another run that fails on a CPU fails each
   * time, and is of its graph.
   */
  public boolean isOfMachine(Throwable failure) {
    return CudaFailure.caused(failure)
        || ShortageFailure.caused(failure)
        || (device() == Device.CUDA && failure instanceof OnnxException);
  }

  /** Closes a session that {@link #open} gave. */
  public static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException("cannot close a session", e);
    }
  }

  private OrtSession openCuda(Path graph) {
    // Options of CUDA can only be made when there is an environment.
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    // A session whose options failed half-way is not used again: the CPU session has its own.
    try (OrtSession.SessionOptions options = options();
        OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
      // TF32 rounds factors to 10 bits: codes would differ from those of a CPU. Memory grows by
      // what is asked for, since the sessions of two generations share the card.
      cuda.add("use_tf32", "0");
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
      OrtSession session = environment.createSession(graph.toString(), options);
      usedGpu = true;
      return session;
    } catch (OrtException e) {
      return insteadOfCuda(graph, e);
    }
  }

  /**
   * A card that is gone fails the first session, not its options. Where one session was opened on
   * it, the next that fails says that it is full or was lost, not that there is none.
   */
  private OrtSession insteadOfCuda(Path graph, OrtException why) {
    OrtSession session = openCpu(graph); // else the graph is to blame
    if (usedGpu) {
      close(session);
      throw new OnnxException("cannot open " + graph.getFileName() + " on the GPU", why);
    }
    if (withoutGpu.compareAndSet(false, true)) {
      log.warn(
          "no CUDA device can be used, models run on the CPU instead; device cuda was requested,"
              + " ONNX Runtime reports: {}",
          why.getMessage());
    }
    return session;
  }

  private OrtSession openCpu(Path graph) {
    try (OrtSession.SessionOptions options = options()) {
      return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "cannot open " + graph.getFileName() + ": " + ReasonText.of(e), e);
    }
  }

  private OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Waiting threads that spin take the cores that Kafka and Flink need on a shared host.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }
}
