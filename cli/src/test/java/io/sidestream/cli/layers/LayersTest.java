package io.sidestream.cli.layers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds who may know whom: modules among themselves, and the libraries that each may see. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sidestream");

  private static final List<String> MODULES =
      List.of(
          "broker",
          "schemas",
          "model",
          "ingest",
          "learning",
          "trainer",
          "report",
          "index",
          "datasets",
          "experiments",
          "cli");

  /** Module → modules of ours that it may see. */
  private static final Map<String, List<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("broker", List.of()),
          Map.entry("schemas", List.of()),
          Map.entry("model", List.of("schemas")),
          Map.entry("ingest", List.of("schemas", "model")),
          Map.entry("learning", List.of("schemas", "model")),
          Map.entry("trainer", List.of("schemas", "model", "learning")),
          Map.entry("report", List.of()),
          Map.entry("index", List.of("schemas", "model")),
          Map.entry("datasets", List.of("schemas")),
          Map.entry("experiments", List.of("schemas", "model", "learning", "datasets", "report")));

  private static final String AVRO = "org.apache.avro..";
  private static final String KAFKA = "org.apache.kafka..";
  private static final String FLINK = "org.apache.flink..";
  private static final String DJL = "ai.djl..";
  private static final String TOKENIZERS = "ai.djl.huggingface.tokenizers..";
  private static final String ONNX = "ai.onnxruntime..";
  private static final String GRAPHS = "ai.onnx.proto..";
  private static final String ROCKSDB = "org.rocksdb..";
  private static final String PICOCLI = "picocli..";

  /** Module → libraries that it never sees. */
  private static final Map<String, List<String>> NEVER_SEES =
      Map.ofEntries(
          Map.entry("broker", List.of(AVRO, FLINK, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("schemas", List.of(FLINK, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("model", List.of(AVRO, FLINK, KAFKA, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("ingest", List.of(AVRO, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("learning", List.of(AVRO, FLINK, KAFKA, ROCKSDB, PICOCLI)),
          Map.entry("trainer", List.of(AVRO, FLINK, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("report", List.of(AVRO, FLINK, KAFKA, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("index", List.of(AVRO, FLINK, DJL, GRAPHS, PICOCLI)),
          Map.entry("datasets", List.of(AVRO, FLINK, KAFKA, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("experiments", List.of(AVRO, FLINK, KAFKA, DJL, GRAPHS, ROCKSDB, PICOCLI)),
          Map.entry("cli", List.of(AVRO, DJL, ONNX, GRAPHS, ROCKSDB)));

  @Test
  void modules_seeOnlyWhatTheyMay() {
    MAY_SEE.forEach(
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
  void modules_neverSeeLibrariesOfOthers() {
    NEVER_SEES.forEach(
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
  void avro_isSeenInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sidestream.schemas.avro..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(AVRO)
        .check(CLASSES);
  }

  @Test
  void model_ofDjl_seesTheTokenizerAlone() {
    noClasses()
        .that()
        .resideInAPackage(of("model"))
        .should()
        .dependOnClassesThat(resideInAPackage(DJL).and(not(resideInAPackage(TOKENIZERS))))
        .check(CLASSES);
  }

  @Test
  void domain_ofSchemas_seesNoLibrary() {
    noClasses()
        .that(resideInAnyPackage("io.sidestream.schemas", "io.sidestream.schemas.pairs"))
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "io.sidestream.schemas..")
        .check(CLASSES);
  }

  private static String of(String module) {
    return "io.sidestream." + module + "..";
  }
}
