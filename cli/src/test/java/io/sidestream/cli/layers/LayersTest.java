package io.sidestream.cli.layers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks dependencies of modules, of packages, and on libraries. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.sidestream");

  private static final List<String> MODULES =
      List.of(
          "broker",
          "schemas",
          "client",
          "clients",
          "gateway",
          "admin",
          "model",
          "ingest",
          "learning",
          "trainer",
          "report",
          "index",
          "datasets",
          "experiments",
          "rehearsal",
          "benchmarks",
          "chaos",
          "cli");

  /** Module → modules that it may depend on. */
  private static final Map<String, List<String>> ALLOWED_MODULES =
      Map.ofEntries(
          Map.entry("broker", List.of()),
          Map.entry("schemas", List.of()),
          Map.entry("client", List.of("schemas")),
          Map.entry("clients", List.of()),
          Map.entry("admin", List.of("schemas")),
          Map.entry("gateway", List.of("schemas", "client", "admin")),
          Map.entry("model", List.of("schemas")),
          Map.entry("ingest", List.of("schemas", "admin", "model")),
          Map.entry("learning", List.of("schemas", "model")),
          Map.entry("trainer", List.of("schemas", "admin", "model", "learning")),
          Map.entry("report", List.of()),
          Map.entry("index", List.of("schemas", "admin", "model")),
          Map.entry("datasets", List.of("schemas")),
          Map.entry("chaos", List.of("schemas", "client", "datasets")),
          Map.entry("experiments", List.of("schemas", "model", "learning", "datasets", "report")),
          Map.entry(
              "rehearsal",
              List.of("schemas", "model", "learning", "trainer", "index", "datasets", "report")),
          Map.entry(
              "benchmarks",
              List.of(
                  "schemas",
                  "client",
                  "datasets",
                  "model",
                  "learning",
                  "broker",
                  "ingest",
                  "index")));

  private static final String AVRO = "org.apache.avro..";
  private static final String KAFKA = "org.apache.kafka..";
  private static final String STREAMS = "org.apache.kafka.streams..";
  private static final String FLINK = "org.apache.flink..";
  private static final String DJL = "ai.djl..";
  private static final String TOKENIZERS = "ai.djl.huggingface.tokenizers..";
  private static final String ONNX = "ai.onnxruntime..";
  private static final String GRAPHS = "ai.onnx.proto..";
  private static final String ROCKSDB = "org.rocksdb..";
  private static final String AWS = "software.amazon.awssdk..";
  private static final String PICOCLI = "picocli..";

  /** Module → libraries that it may not depend on. */
  private static final Map<String, List<String>> FORBIDDEN_LIBRARIES =
      Map.ofEntries(
          Map.entry("broker", List.of(AVRO, FLINK, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("schemas", List.of(FLINK, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("client", List.of(AVRO, FLINK, STREAMS, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("gateway", List.of(AVRO, FLINK, STREAMS, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("admin", List.of(AVRO, FLINK, STREAMS, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("model", List.of(AVRO, FLINK, KAFKA, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("ingest", List.of(AVRO, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("learning", List.of(AVRO, FLINK, KAFKA, ROCKSDB, PICOCLI)),
          Map.entry("trainer", List.of(AVRO, FLINK, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("report", List.of(AVRO, FLINK, KAFKA, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("index", List.of(AVRO, FLINK, DJL, GRAPHS, PICOCLI)),
          Map.entry("datasets", List.of(AVRO, FLINK, KAFKA, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("experiments", List.of(AVRO, FLINK, KAFKA, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("rehearsal", List.of(AVRO, FLINK, KAFKA, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("benchmarks", List.of(AVRO, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("chaos", List.of(AVRO, FLINK, STREAMS, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("cli", List.of(AVRO, DJL, ONNX, GRAPHS, ROCKSDB)));

  @Test
  void modules_dependOnAllowedModules() {
    ALLOWED_MODULES.forEach(
        (module, allowed) -> {
          List<String> forbidden = new ArrayList<>(MODULES);
          forbidden.removeAll(allowed);
          forbidden.remove(module);
          noClasses()
              .that()
              .resideInAPackage(of(module))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden.stream().map(LayersTest::of).toArray(String[]::new))
              .check(CLASSES);
        });
  }

  @Test
  void modules_dependOnNoLibrariesOfOthers() {
    FORBIDDEN_LIBRARIES.forEach(
        (module, libraries) ->
            noClasses()
                .that()
                .resideInAPackage(of(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.toArray(String[]::new))
                .check(CLASSES));
  }

  @Test
  void avro_isUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sidestream.schemas.avro..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AVRO)
        .check(CLASSES);
  }

  @Test
  void openTelemetry_isUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sidestream.admin.tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  @Test
  void model_ofDjl_usesTheTokenizerAlone() {
    noClasses()
        .that()
        .resideInAPackage(of("model"))
        .should()
        .dependOnClassesThat(resideInAPackage(DJL).and(not(resideInAPackage(TOKENIZERS))))
        .check(CLASSES);
  }

  @Test
  void schemas_domain_usesNoLibrary() {
    noClasses()
        .that(resideInAnyPackage("io.sidestream.schemas", "io.sidestream.schemas.pairs"))
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "io.sidestream.schemas..")
        .check(CLASSES);
  }

  @Test
  void awsClient_isUsedInOneClass() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.sidestream.model.store.S3Objects")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AWS)
        .check(CLASSES);
  }

  @Test
  void jetty_isUsedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sidestream.gateway.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  /** The library knows corpora and models, but no topics and no process. */
  @Test
  void learning_usesNoProcess() {
    noClasses()
        .that()
        .resideInAPackage(of("learning"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.sidestream.schemas.kafka..",
            "io.sidestream.schemas.avro..",
            "io.sidestream.model.store..",
            "com.sun.net.httpserver..",
            "picocli..")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.sidestream.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static String of(String module) {
    return "io.sidestream." + module + "..";
  }
}
