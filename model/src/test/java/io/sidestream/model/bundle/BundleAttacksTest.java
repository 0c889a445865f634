package io.sidestream.model.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.ExpectedAnswers;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles whose parts are broken, foreign or mixed, each hashed again as an attacker would. */
class BundleAttacksTest {
  private static final Generation GENERATION = new Generation(12);
  private static final OnnxSessions SESSIONS = OnnxSessions.cpu(1);
  private static final int ITEMS = 30;

  /** In place of one that takes a tenth of a second to read. */
  private static final String SMALL_TOKENIZER =
      """
      {"version": "1.0", "added_tokens": [], "normalizer": {"type": "Lowercase"},
       "pre_tokenizer": {"type": "Whitespace"},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
         "max_input_chars_per_word": 20,
         "vocab": {"[UNK]": 0, "film": 1, "number": 2, "comedy": 3, "3": 4, "7": 5}}}
      """;

  @TempDir static Path published;
  @TempDir Path root;
  private Path bundle;

  @BeforeAll
  static void publish() throws IOException {
    Path bundle = new TinyGeneration(GENERATION, ITEMS, 5).publish(published);
    Files.writeString(bundle.resolve(BundleFiles.TOKENIZER), SMALL_TOKENIZER);
    write(bundle, List.of(), Optional.empty());
    try (OpenGeneration open = BundleReader.open(bundle, SESSIONS)) {
      Retriever answering = new Retriever(open, Neighbours.NONE);
      write(
          bundle,
          Probes.of(List.of("film number 3"), open.encoder(), open.towers(), open.codebook()),
          Optional.of(
              new Manifest.Expected(
                  AssignedCodes.error(open.codebook(), open.assignments()),
                  ExpectedAnswers.of(List.of("film 7", "comedy"), answering, Catalogue.of(open)))));
    }
  }

  @BeforeEach
  void copy() throws IOException {
    Path source = published.resolve(GENERATION.directoryName());
    bundle = Files.createDirectory(root.resolve(GENERATION.directoryName()));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, bundle.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void open_whole_isServed() throws IOException {
    serve();
    rehash();
    serve();
  }

  @Tag("M1")
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"model\": {}}", "{\"version\": \"1.0\"}", "\0\0\0\0"})
  void m1_tokenizerThatDoesNotParse_isRefused(String json) throws IOException {
    Files.writeString(bundle.resolve(BundleFiles.TOKENIZER), json);
    assertRefused("");
  }

  @Tag("M4")
  @Test
  void m4_linkInPlaceOfAFile_isRefused() throws IOException {
    Path file = bundle.resolve(BundleFiles.TOWERS);
    Path elsewhere = Files.move(file, root.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    assertRefused("towers.safetensors is a link, directory or device, expected a file");
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused("towers.safetensors is a link, directory or device, expected a file");
  }

  @Tag("M4")
  @Test
  void m4_linkInPlaceOfTheManifest_isRefused() throws IOException {
    Path file = bundle.resolve(BundleFiles.MANIFEST);
    Files.createSymbolicLink(file, Files.move(file, root.resolve("elsewhere")));
    assertRefused("manifest.json is a link, directory or device, expected a file");
  }

  @Tag("M4")
  @Test
  void m4_fileThatTheManifestDoesNotName_isRefused() throws IOException {
    Files.writeString(bundle.resolve("weights.bin"), "more");
    assertRefused("holds [weights.bin], which the manifest does not name");
  }

  @Tag("M5")
  @Test
  void m5_manifestOfAllDisk_isRefusedBeforeItIsRead() throws IOException {
    try (var file = Files.newByteChannel(bundle.resolve(BundleFiles.MANIFEST), write())) {
      file.position(VerifiedFiles.MAX_MANIFEST).write(ByteBuffer.wrap(new byte[] {1}));
    }
    assertRefused("manifest.json has 16777217 bytes, at most 16777216 are allowed");
  }

  private static Set<StandardOpenOption> write() {
    return Set.of(StandardOpenOption.WRITE);
  }

  @Tag("M6")
  @Test
  void m6_tensorThatSaysItIsLargerThanItsFile_isRefusedBeforeMemoryIsTaken() throws IOException {
    String header =
        "{\"level_0\":{\"dtype\":\"F32\",\"shape\":[536870000],\"data_offsets\":[0,2147480000]}}";
    ByteBuffer file = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length()).put(header.getBytes());
    Files.write(bundle.resolve(BundleFiles.CODEBOOK), file.array());
    assertRefused("codebook.safetensors: ends early");
  }

  @Tag("M7")
  @Test
  void m7_dataInAnotherFile_isRefused() throws IOException {
    for (String location : List.of("../../secret", "towers.safetensors", "/etc/passwd")) {
      graph(
          BundleFiles.ENCODER,
          model ->
              external(
                  model,
                  StringStringEntryProto.newBuilder().setKey("location").setValue(location)));
      assertRefused("encoder.onnx: a tensor's data is in another file");
    }
  }

  private static ModelProto.Builder external(
      ModelProto.Builder model, StringStringEntryProto.Builder where) {
    model
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(where);
    return model;
  }

  @Tag("M7")
  @Test
  void m7_operatorOrVersionThatIsNotKnown_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(bundle.resolve(BundleFiles.ENCODER));
    graph(
        BundleFiles.ENCODER,
        model -> {
          model.getGraphBuilder().getNodeBuilder(0).setOpType("Launch").setDomain("evil");
          return model;
        });
    assertRefused("cannot open encoder.onnx: ");
    Files.write(bundle.resolve(BundleFiles.ENCODER), whole);
    graph(
        BundleFiles.ENCODER,
        model -> {
          model.getOpsetImportBuilder(0).setVersion(9_999);
          return model;
        });
    assertRefused("cannot open encoder.onnx: ");
  }

  @Tag("M8")
  @Test
  void m8_pickledFile_isRefused() throws IOException {
    byte[] pickle = {(byte) 0x80, 4, (byte) 0x95, 10, 0, 0, 0, 0, 0, 0, 0, 'c', 'o', 's', '.'};
    for (String name : List.of(BundleFiles.ENCODER, BundleFiles.TOWERS, BundleFiles.TOKENIZER)) {
      byte[] whole = Files.readAllBytes(bundle.resolve(name));
      Files.write(bundle.resolve(name), pickle);
      assertRefused("");
      Files.write(bundle.resolve(name), whole);
    }
  }

  @Tag("B14")
  @Tag("M9")
  @Test
  void m9_weightsNaN_areRefused() throws IOException {
    for (String name : List.of(BundleFiles.ENCODER, BundleFiles.GENERATOR)) {
      byte[] whole = Files.readAllBytes(bundle.resolve(name));
      graph(name, model -> weights(model, Float.NaN));
      assertRefused(name + ": holds a weight NaN");
      Files.write(bundle.resolve(name), whole);
    }
    for (String name : List.of(BundleFiles.TOWERS, BundleFiles.CODEBOOK, BundleFiles.POPULARITY)) {
      Path file = bundle.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Safetensors read = Safetensors.read(file);
      String tensor = read.tensors().keySet().iterator().next();
      Tensor values = read.tensor(tensor);
      float[] numbers = values.floats();
      numbers[numbers.length / 2] = Float.NaN;
      replace(name, Map.of(tensor, Tensor.floats(numbers, values.shape())));
      assertRefused(name + ": tensor " + tensor + " holds NaN or infinity");
      Files.write(file, whole);
    }
  }

  @Tag("M9")
  @Test
  void m9_generatorOfOtherWeights_isRefused() throws IOException {
    graph(BundleFiles.GENERATOR, model -> weights(model, 0));
    rehash();
    BundleReader.open(bundle, SESSIONS).close(); // every part is sound by itself
    String message = assertThrows(IllegalArgumentException.class, this::serve).getMessage();
    assertTrue(message.matches("query .* is answered with score .*, manifest says .*"), message);
  }

  @Tag("M10")
  @Test
  void m10_codesMovedByRows_areRefused() throws IOException {
    Safetensors read = Safetensors.read(bundle.resolve(BundleFiles.ASSIGNMENTS));
    int[] codes = read.tensor("codes").ints();
    int[] moved = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      moved[i] = codes[(i + 2 * TinyGeneration.CODEBOOK.levels()) % codes.length];
    }
    replace(BundleFiles.ASSIGNMENTS, Map.of("codes", Tensor.ints(moved, ITEMS, 2)));
    assertRefused("codes leave ");
    int[] one = codes.clone();
    one[0] = (one[0] + 1) % TinyGeneration.CODEBOOK.width();
    replace(BundleFiles.ASSIGNMENTS, Map.of("codes", Tensor.ints(one, ITEMS, 2)));
    assertRefused("codes leave ");
  }

  @Tag("M10")
  @Test
  void m10_partOfAnotherGeneration_isRefused() throws IOException {
    Path other = new TinyGeneration(GENERATION, ITEMS, 6).publish(root.resolve("other"));
    for (String name :
        List.of(
            BundleFiles.ASSIGNMENTS,
            BundleFiles.CODEBOOK,
            BundleFiles.TOWERS,
            BundleFiles.ENCODER,
            BundleFiles.GENERATOR)) {
      byte[] whole = Files.readAllBytes(bundle.resolve(name));
      Files.copy(other.resolve(name), bundle.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      rehash();
      assertThrows(Exception.class, this::serve, name);
      Files.write(bundle.resolve(name), whole);
    }
  }

  @Tag("M11")
  @Test
  void m11_emptyTable_isRefused() throws IOException {
    replace(
        BundleFiles.ASSIGNMENTS,
        Map.of("ids", Tensor.bytes(new byte[0], 0), "id_offsets", Tensor.ints(new int[1], 1)));
    assertRefused("");
  }

  @Tag("M3")
  @Test
  void m3_bundleOfAnotherNumberThanAnnounced_isRefused() throws IOException {
    String sha256 = Hashes.sha256(Files.readAllBytes(bundle.resolve(BundleFiles.MANIFEST)));
    Path copy = Files.move(bundle, root.resolve("copy"));
    BundleException refused =
        assertThrows(
            BundleException.class,
            () -> BundleReader.open(copy, GENERATION.next(), sha256, SESSIONS));
    assertEquals("generation copy: manifest.json is of generation 12", refused.getMessage());
  }

  /** Flips, cuts and lies in each file, hashed again: a refusal, or a bundle that can be read. */
  @Tag("M1")
  @Test
  void fuzz_everyFile_isRefusedOrRead() throws IOException {
    long seed = 20261127;
    Random random = new Random(seed);
    for (String name : BundleReader.manifest(bundle).files().keySet()) {
      Path file = bundle.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int round = 0; round < 12; round++) {
        Files.write(file, mutated(whole, round, random));
        String what = "seed " + seed + ", " + name + ", round " + round;
        assertRefusedOrRead(what);
      }
      Files.write(file, whole);
    }
    byte[] json = Files.readAllBytes(bundle.resolve(BundleFiles.MANIFEST));
    for (int round = 0; round < 60; round++) {
      Files.write(bundle.resolve(BundleFiles.MANIFEST), mutated(json, round, random));
      assertRefusedOrRead("seed " + seed + ", manifest.json, round " + round, () -> {});
    }
  }

  private static byte[] mutated(byte[] whole, int kind, Random random) {
    byte[] bytes = whole.clone();
    int at = random.nextInt(whole.length);
    switch (kind % 6) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> random.nextBytes(bytes);
      case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) 0xFF); // a length
      case 4 -> bytes[random.nextInt(Math.min(64, bytes.length))] ^= (byte) 0x7F; // in a header
      default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
    }
    return bytes;
  }

  private interface Preparation {
    void run() throws IOException;
  }

  private void assertRefusedOrRead(String what) {
    assertRefusedOrRead(what, this::rehash);
  }

  private void assertRefusedOrRead(String what, Preparation preparation) {
    try {
      preparation.run();
      BundleReader.open(bundle, SESSIONS).close();
    } catch (BundleException refused) {
      assertTrue(refused.getMessage().startsWith("generation 12: "), what);
    } catch (Throwable other) { // an error is what must not come out either
      throw new AssertionError(what + ": " + other, other);
    }
  }

  private void assertRefused(String message) throws IOException {
    if (Files.isRegularFile(bundle.resolve(BundleFiles.MANIFEST), LinkOption.NOFOLLOW_LINKS)
        && Files.size(bundle.resolve(BundleFiles.MANIFEST)) < 100_000) {
      rehash();
    }
    BundleException refused =
        assertThrows(BundleException.class, () -> BundleReader.open(bundle, SESSIONS));
    assertTrue(refused.getMessage().startsWith("generation 12: " + message), refused.getMessage());
  }

  private static final java.nio.file.LinkOption NOFOLLOW = java.nio.file.LinkOption.NOFOLLOW_LINKS;

  /** As the index opens it, before it serves. */
  private void serve() throws IOException {
    try (OpenGeneration open = BundleReader.open(bundle, SESSIONS)) {
      ExpectedAnswers.verify(open, Catalogue.of(open));
    }
  }

  private static ModelProto.Builder weights(ModelProto.Builder model, float value) {
    for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE
          && tensor.getRawData().size() > 64) {
        byte[] raw = tensor.getRawData().toByteArray();
        ByteBuffer numbers = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < raw.length; i += Float.BYTES) {
          numbers.putFloat(i, value);
        }
        tensor.setRawData(ByteString.copyFrom(raw));
      }
    }
    return model;
  }

  private void graph(String name, UnaryOperator<ModelProto.Builder> change) throws IOException {
    Path file = bundle.resolve(name);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    Files.write(file, change.apply(model).build().toByteArray());
  }

  private void replace(String name, Map<String, Tensor> others) throws IOException {
    Path file = bundle.resolve(name);
    Safetensors read = Safetensors.read(file);
    Map<String, Tensor> tensors = new TreeMap<>(read.tensors());
    tensors.putAll(others);
    new Safetensors(tensors, read.metadata()).write(file);
  }

  private void rehash() throws IOException {
    Manifest before = BundleReader.manifest(bundle);
    write(bundle, before.probes(), before.expected());
  }

  private static void write(
      Path bundle, List<Manifest.Probe> probes, Optional<Manifest.Expected> expected)
      throws IOException {
    Manifest before = BundleReader.manifest(bundle);
    Map<String, Manifest.FileEntry> files = new TreeMap<>();
    for (String name : before.files().keySet()) {
      Path file = bundle.resolve(name);
      files.put(
          name, Files.isRegularFile(file) ? Manifest.FileEntry.of(file) : before.files().get(name));
    }
    Files.write(
        bundle.resolve(BundleFiles.MANIFEST),
        ManifestJson.write(
            new Manifest(
                before.generation(),
                before.shapes(),
                before.ranking(),
                before.provenance(),
                before.quality(),
                probes,
                expected,
                before.alignment(),
                before.warmStart(),
                files)));
  }
}
