package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sidestream.learning.tensor.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedTextTest {
  private static final long[][] IDS = {
    {101, 1037, 22412, 1999, 1037, 3959, 102}, {101, 3185, 102, 0, 0, 0, 0}
  };
  private static final long[][] MASK = {{1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 0, 0, 0, 0}};

  @TempDir Path folder;

  @Test
  void exportEncoder_againstPoolingByHand_givesTheSameUnitVectors() throws Exception {
    Path exported = folder.resolve("encoder.onnx");
    PretrainedText.load().exportEncoder(exported);

    float[][][] hidden = (float[][][]) run(artifact(), "last_hidden_state");
    float[][] vectors = (float[][]) run(Files.readAllBytes(exported), "text_vector");

    for (int text = 0; text < IDS.length; text++) {
      assertArrayEquals(pooled(hidden[text], MASK[text]), vectors[text], 1e-6f);
    }
  }

  @Test
  void exportEncoder_outputs_areTheTextVectorOnly() throws Exception {
    Path exported = folder.resolve("encoder.onnx");
    PretrainedText.load().exportEncoder(exported);

    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(exported.toString())) {
      assertEquals(Set.of("text_vector"), session.getOutputNames());
      assertEquals(
          Set.of("input_ids", "attention_mask", "token_type_ids"), session.getInputNames());
    }
  }

  @Test
  void exportEncoder_twice_writesTheSameBytes() throws Exception {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    PretrainedText.load().exportEncoder(first);
    PretrainedText.load().exportEncoder(second);

    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void exportTokenizer_file_holdsTheVocabulary() throws Exception {
    Path exported = folder.resolve("tokenizer.json");
    PretrainedText.load().exportTokenizer(exported);

    assertTrue(Files.readString(exported).contains("\"[CLS]\""));
  }

  private static Object run(byte[] graph, String output) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(graph);
        OnnxTensor ids = OnnxTensor.createTensor(environment, IDS);
        OnnxTensor mask = OnnxTensor.createTensor(environment, MASK);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, new long[IDS.length][IDS[0].length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return result.get(output).orElseThrow().getValue();
    }
  }

  private static byte[] artifact() throws IOException {
    try (InputStream in = PretrainedTextTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
      return in.readAllBytes();
    }
  }

  private static float[] pooled(float[][] hidden, long[] mask) {
    double[] sum = new double[hidden[0].length];
    double squares = 0;
    for (int piece = 0; piece < mask.length; piece++) {
      for (int d = 0; d < sum.length && mask[piece] == 1; d++) {
        sum[d] += hidden[piece][d];
      }
    }
    for (double value : sum) {
      squares += value * value;
    }
    float[] unit = new float[sum.length];
    for (int d = 0; d < unit.length; d++) {
      unit[d] = (float) (sum[d] / Math.sqrt(squares));
    }
    return unit;
  }

  @Test
  void take_pretrainedWeights_agreeWithOnnxRuntime() throws Exception {
    List<String> texts =
        List.of("a heist in a dream", "rain", "Two sisters open a bakery in a town without wheat.");
    PretrainedText pretrained = PretrainedText.load();
    try (Parameters parameters = new Parameters();
        ExportedText served = ExportedText.open(pretrained, Map.of(), 32, 1)) {
      pretrained.addWeights(parameters);
      TextProbes probes =
          TextProbes.take(texts, served.pieces(texts), PretrainedText.SHAPE, parameters);
      double difference = probes.largestDifference(served.encode(texts));

      assertTrue(difference < 1e-5, "difference " + difference);
    }
  }
}
