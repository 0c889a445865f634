package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForwardGradientTest {
  private static final GeneratorShape TINY =
      new GeneratorShape(new CodebookShape(3, 4), 20, 3, 8, 1, 2, 6, 5);

  @Test
  void loss_allWeights_gradientsEqualFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(11);
    List<GeneratorExample> examples = Fixture.examples(TINY, 4, random);
    ExampleBatch batch = ExampleBatch.of(examples);
    List<int[]> ids = new ArrayList<>(Fixture.ids(TINY, 30, random));
    examples.forEach(example -> ids.add(example.codes()));
    CodeTrie trie = CodeTrie.of(TINY.codebook(), ids);
    try (Parameters parameters =
        GeneratorParameters.fill(
            FiniteDifferences.parameters(), TINY, Fixture.geometry(TINY, random), random)) {
      FiniteDifferences.check(
          parameters, step -> new Forward(TINY, step, Dropout.NONE).loss(batch, trie));
      float[] targets = targets(batch, trie);
      FiniteDifferences.check(
          parameters, step -> new Forward(TINY, step, Dropout.NONE).loss(batch, trie, targets));
    }
  }

  /** Half the right codes, half spread evenly over those that may follow; (L, B, K). */
  private static float[] targets(ExampleBatch batch, CodeTrie trie) {
    int width = TINY.codebook().width();
    float[] targets = AllowedCodes.mask(batch, trie);
    for (int place = 0; place < batch.codes().length; place++) {
      int allowed = 0;
      for (int code = 0; code < width; code++) {
        allowed += targets[place * width + code] == 0 ? 1 : 0;
      }
      for (int code = 0; code < width; code++) {
        int at = place * width + code;
        targets[at] = targets[at] == 0 ? 0.5f / allowed : 0;
      }
      targets[place * width + batch.codes()[place]] += 0.5f;
    }
    return targets;
  }

  @Test
  void loss_targetsThatAreTheRightCodes_isTheCrossEntropy() {
    SplittableRandom random = new SplittableRandom(16);
    List<GeneratorExample> examples = Fixture.examples(TINY, 4, random);
    ExampleBatch batch = ExampleBatch.of(examples);
    CodeTrie trie =
        CodeTrie.of(TINY.codebook(), examples.stream().map(GeneratorExample::codes).toList());
    float[] targets = new float[batch.codes().length * TINY.codebook().width()];
    for (int place = 0; place < batch.codes().length; place++) {
      targets[place * TINY.codebook().width() + batch.codes()[place]] = 1;
    }
    try (Parameters parameters =
            GeneratorParameters.random(TINY, CentroidLogits.zero(TINY), Device.CPU, random);
        TrainingStep step = TrainingStep.computing(parameters)) {
      Forward forward = new Forward(TINY, step, Dropout.NONE);
      assertEquals(
          forward.loss(batch, trie).toFloatArray()[0],
          forward.loss(batch, trie, targets).toFloatArray()[0],
          1e-5);
    }
  }

  @Test
  void logits_padding_changesNothing() {
    SplittableRandom random = new SplittableRandom(13);
    GeneratorShape shape = Fixture.shape(2, 8, 12);
    GeneratorExample brief =
        new GeneratorExample(Fixture.prompt(shape, 2, random), new int[] {1, 2}, 1);
    GeneratorExample full =
        new GeneratorExample(Fixture.prompt(shape, 12, random), new int[] {3, 4}, 1);
    try (Parameters parameters =
        GeneratorParameters.random(shape, CentroidLogits.zero(shape), Device.CPU, random)) {
      float[] alone = logits(shape, parameters, List.of(brief));
      float[] beside = logits(shape, parameters, List.of(brief, full));
      for (int level = 0; level < 2; level++) {
        float[] expected = Arrays.copyOfRange(alone, level * 8, level * 8 + 8);
        float[] found = Arrays.copyOfRange(beside, level * 16, level * 16 + 8);
        assertArrayEquals(expected, found, 1e-5f);
      }
    }
  }

  @Test
  void logits_laterCode_isNotSeenByEarlierLevels() {
    SplittableRandom random = new SplittableRandom(14);
    GeneratorShape shape = Fixture.shape(3, 8, 12);
    var prompt = Fixture.prompt(shape, 5, random);
    try (Parameters parameters =
        GeneratorParameters.random(shape, CentroidLogits.zero(shape), Device.CPU, random)) {
      float[] one =
          logits(shape, parameters, List.of(new GeneratorExample(prompt, new int[] {1, 2, 3}, 1)));
      float[] two =
          logits(shape, parameters, List.of(new GeneratorExample(prompt, new int[] {1, 5, 3}, 1)));
      for (int i = 0; i < 16; i++) {
        assertEquals(one[i], two[i], 1e-6);
      }
    }
  }

  private static float[] logits(
      GeneratorShape shape, Parameters parameters, List<GeneratorExample> examples) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return new Forward(shape, step, Dropout.NONE)
          .logits(ExampleBatch.of(examples))
          .toFloatArray();
    }
  }
}
