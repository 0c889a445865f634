package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.BiEncoderRecipe;
import io.sidestream.experiments.embedding.EmbeddingSpace;
import io.sidestream.experiments.embedding.EmbeddingSpaces;
import java.util.List;

/** All ID schemes by their published names; ours last. */
public final class IdSchemes {
  public static final IdScheme CONTENT =
      OneSpaceIds.searchable("content", EmbeddingSpaces::content);

  public static final IdScheme SEARCH_TUNED =
      OneSpaceIds.searchable("search-tuned", EmbeddingSpaces::searchTuned);

  public static final IdScheme RECOMMENDATION_TUNED =
      OneSpaceIds.ofItems("rec-tuned", EmbeddingSpaces::recommendationTuned);

  static final IdScheme SEPARATE = new SeparateIds();

  static final IdScheme PREFIX_SHARE = new PrefixShareIds();

  public static final IdScheme CONCATENATED =
      OneSpaceIds.ofItems(
          "fused, concatenated",
          spaces ->
              EmbeddingSpace.ofItems(
                  ConcatenatedVectors.of(
                      spaces.searchTuned().unitItems(), spaces.recommendationTuned().unitItems())));

  public static final IdScheme SVD = OneSpaceIds.ofItems("fused, SVD then added", SvdFusion::in);

  public static final IdScheme MATRYOSHKA =
      OneSpaceIds.ofItems("fused, Matryoshka", MatryoshkaFusion::nested);

  /** The control of Matryoshka fusion; no scheme of its own. */
  public static final IdScheme TRUNCATED =
      OneSpaceIds.ofItems("fused, truncated", MatryoshkaFusion::truncated);

  /** As published: the text encoder tuned on both signals. */
  public static final IdScheme MULTI_TASK =
      OneSpaceIds.searchable("multi-task", EmbeddingSpaces::multiTask);

  /** The full system's: text, collaborative and item embeddings tuned on both signals. */
  public static final IdScheme JOINT =
      OneSpaceIds.searchable(
          "multi-task, joint towers", spaces -> spaces.biEncoder(BiEncoderRecipe.JOINT));

  /** The same towers tuned on queries only: their search specialist. */
  public static final IdScheme JOINT_SEARCH =
      OneSpaceIds.searchable(
          "search-tuned, joint towers",
          spaces -> spaces.biEncoder(BiEncoderRecipe.JOINT.mixed(1, 0)));

  /** The same towers tuned on histories only: their recommendation specialist. */
  public static final IdScheme JOINT_RECOMMENDATION =
      OneSpaceIds.searchable(
          "rec-tuned, joint towers",
          spaces -> spaces.biEncoder(BiEncoderRecipe.RECOMMENDATION_TUNED));

  /** In the order of the published table. */
  public static final List<IdScheme> ALL =
      List.of(
          CONTENT,
          SEARCH_TUNED,
          RECOMMENDATION_TUNED,
          SEPARATE,
          PREFIX_SHARE,
          CONCATENATED,
          SVD,
          MATRYOSHKA,
          MULTI_TASK,
          JOINT_SEARCH,
          JOINT_RECOMMENDATION,
          JOINT);

  private IdSchemes() {}

  /** A bi-encoder of another recipe. */
  public static IdScheme biEncoder(String name, BiEncoderRecipe recipe) {
    return OneSpaceIds.searchable(name, spaces -> spaces.biEncoder(recipe));
  }
}
