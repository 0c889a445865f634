package io.sidestream.ingest.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class JobJarTest {
  private static final File JAR = new File(System.getProperty("jobs.jar"));
  private static final long MAX_BYTES = 48L << 20;

  /** What Flink's distribution has, or a cluster must not have twice. */
  private static final List<String> ABSENT =
      List.of(
          "org/apache/flink/api/",
          "org/apache/flink/client/",
          "org/apache/flink/configuration/",
          "org/apache/flink/core/",
          "org/apache/flink/metrics/",
          "org/apache/flink/runtime/",
          "org/apache/flink/shaded/",
          "org/apache/flink/state/",
          "org/apache/flink/streaming/runtime/",
          "org/apache/kafka/streams/",
          "org/rocksdb/",
          "org/forstdb/",
          "org/slf4j/",
          "org/apache/logging/",
          "org/apache/log4j/",
          "ch/qos/logback/",
          "ai/djl/pytorch/",
          "io/sidestream/cli/",
          "io/sidestream/index/",
          "io/sidestream/trainer/");

  private static final List<String> PRESENT =
      List.of(
          "io/sidestream/ingest/JobMain.class",
          "org/apache/flink/connector/kafka/source/KafkaSource.class",
          "org/apache/kafka/clients/consumer/KafkaConsumer.class",
          "software/amazon/awssdk/services/s3/S3Client.class",
          "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
          "native/lib/linux-x86_64/cpu/libtokenizers.so");

  @Test
  void jar_holdsTheJobs_andNothingThatFlinkHas() throws IOException {
    Set<String> names = names(name -> true);
    assertEquals(Set.of(), names(name -> ABSENT.stream().anyMatch(name::startsWith)));
    assertTrue(names.containsAll(PRESENT), "expected " + PRESENT);
  }

  @Test
  void jar_nativeLibraries_areOfLinuxOnX86() throws IOException {
    Set<String> natives = names(name -> name.matches(".*\\.(so|dll|dylib|jnilib|a)"));
    natives.removeIf(name -> name.matches("(?i).*linux.*(x64|amd64|x86[_-]64).*"));
    assertEquals(Set.of(), natives);
  }

  /** The jar had no client of buckets: on a cluster the coding job failed without end. */
  @Test
  void jar_storeInABucket_isAskedWithWhatTheJarHas() throws Exception {
    URL[] parts = {
      JAR.toURI().toURL(), Logger.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader = new URLClassLoader(parts, ClassLoader.getPlatformClassLoader())) {
      String store = "io.sidestream.model.store.";
      Class<?> config = loader.loadClass(store + "BundleStoreConfig");
      Object access =
          loader
              .loadClass(store + "S3Access")
              .getConstructors()[0]
              .newInstance("http://127.0.0.1:1", "us-east-1", true, "key", "secret");
      Object bucket =
          config.getConstructors()[0].newInstance(
              "s3://bucket/prefix", JAR.getParent(), 2, access, "");
      Class<?> generation = loader.loadClass("io.sidestream.schemas.Generation");
      Class<?> type = loader.loadClass(store + "BundleStore");
      try (AutoCloseable opened =
          (AutoCloseable) type.getMethod("of", config).invoke(null, bucket)) {
        Method fetch = type.getMethod("fetch", generation, String.class);
        Object first = generation.getConstructors()[0].newInstance(1L);
        InvocationTargetException failed =
            assertThrows(
                InvocationTargetException.class, () -> fetch.invoke(opened, first, "0".repeat(64)));
        assertInstanceOf(IOException.class, failed.getCause());
      }
    }
  }

  @Test
  void jar_size_isBounded() {
    assertTrue(JAR.length() < MAX_BYTES, () -> JAR + " has " + JAR.length() + " bytes");
  }

  private static Set<String> names(Predicate<String> wanted) throws IOException {
    Set<String> names = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR)) {
      jar.stream().map(entry -> entry.getName()).filter(wanted).forEach(names::add);
    }
    return names;
  }
}
