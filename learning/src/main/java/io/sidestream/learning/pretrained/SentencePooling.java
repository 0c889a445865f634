package io.sidestream.learning.pretrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.sidestream.learning.generator.OnnxGraph;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.Locale;
import java.util.Map;

/**
 * How the hidden states of a text's tokens become one vector.
 *
 * <p>Letters: B texts, S tokens of the longest, E dimensions.
 */
enum SentencePooling {
  MEAN("mean_tokens") {
    @Override
    NDArray of(TrainingStep step, NDArray x, TokenBatch texts) {
      NDArray present = texts.present(step); // (B, S, 1)
      return sum(x, present).div(present.sum(new int[] {1}));
    }

    @Override
    String of(OnnxGraph graph, String x, String present) {
      return graph.node("Div", sum(graph, x, present), sum(graph, present));
    }
  },
  /** The sum over the root of the number of tokens. */
  MEAN_SQRT_LEN("mean_sqrt_len_tokens") {
    @Override
    NDArray of(TrainingStep step, NDArray x, TokenBatch texts) {
      NDArray present = texts.present(step); // (B, S, 1)
      return sum(x, present).div(present.sum(new int[] {1}).sqrt());
    }

    @Override
    String of(OnnxGraph graph, String x, String present) {
      return graph.node("Div", sum(graph, x, present), graph.node("Sqrt", sum(graph, present)));
    }
  },
  MAX("max_tokens") {
    @Override
    NDArray of(TrainingStep step, NDArray x, TokenBatch texts) {
      NDArray mask = texts.attentionMask(step).reshape(texts.size(), texts.length(), 1);
      return x.add(mask).max(new int[] {1});
    }

    @Override
    String of(OnnxGraph graph, String x, String present) {
      String absent = graph.node("Sub", present, graph.scalar(1)); // -1 where absent
      String mask = graph.node("Mul", absent, graph.scalar(-SafeMath.MASKED));
      return graph.node("ReduceMax", OVER_TOKENS, graph.node("Add", x, mask));
    }
  },
  /** The first token's. */
  CLS("cls_token") {
    @Override
    NDArray of(TrainingStep step, NDArray x, TokenBatch texts) {
      return x.get(new NDIndex(":, 0, :"));
    }

    @Override
    String of(OnnxGraph graph, String x, String present) {
      return graph.node("Gather", Map.of("axis", 1), x, graph.whole(0));
    }
  };

  private static final Map<String, Object> OVER_TOKENS =
      Map.of("axes", new long[] {1}, "keepdims", 0);

  private final String mode;

  SentencePooling(String mode) {
    this.mode = mode;
  }

  /** As in {@code pooling_mode_…}. */
  String mode() {
    return mode;
  }

  /** As in {@code pooling_mode}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Hidden states (B, S, E) as vectors (B, E). */
  abstract NDArray of(TrainingStep step, NDArray x, TokenBatch texts);

  /**
   * The same as nodes.
   *
   * @param present 1 for a token, 0 for padding, (B, S, 1)
   */
  abstract String of(OnnxGraph graph, String x, String present);

  private static NDArray sum(NDArray x, NDArray present) {
    return x.mul(present).sum(new int[] {1}); // (B, E)
  }

  private static String sum(OnnxGraph graph, String x, String present) {
    return sum(graph, graph.node("Mul", x, present)); // (B, E)
  }

  private static String sum(OnnxGraph graph, String x) {
    return graph.node("ReduceSum", Map.of("keepdims", 0), x, graph.list(1));
  }
}
