package io.sidestream.standalone.layers;

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
          "trainer",
          "index",
          "datasets",
          "experiments",
          "standalone");

  /** Module → modules of ours that it may see. */
  private static final Map<String, List<String>> MAY_SEE =
      Map.of(
          "broker", List.of(),
          "schemas", List.of(),
          "model", List.of("schemas"),
          "ingest", List.of("schemas", "model"),
          "trainer", List.of("schemas", "model"),
          "index", List.of("schemas", "model"),
          "datasets", List.of("schemas"),
          "experiments", List.of("schemas", "model", "trainer", "datasets"));

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
      Map.of(
          "broker", List.of(AVRO, FLINK, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI),
          "schemas", List.of(FLINK, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI),
          "model", List.of(AVRO, FLINK, KAFKA, GRAPHS, ROCKSDB, PICOCLI),
          "ingest", List.of(AVRO, DJL, GRAPHS, ROCKSDB, PICOCLI),
          "trainer", List.of(AVRO, FLINK, ROCKSDB, PICOCLI),
          "index", List.of(AVRO, FLINK, DJL, GRAPHS, PICOCLI),
          "datasets", List.of(AVRO, FLINK, KAFKA, DJL, ONNX, GRAPHS, ROCKSDB, PICOCLI),
          "experiments", List.of(AVRO, FLINK, KAFKA, DJL, GRAPHS, ROCKSDB, PICOCLI),
          "standalone", List.of(AVRO, DJL, ONNX, GRAPHS, ROCKSDB));

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
