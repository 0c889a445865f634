package io.sidestream.experiments.schemes;

import io.sidestream.experiments.embedding.BiEncoderRecipe;
import io.sidestream.experiments.embedding.EmbeddingSpace;
import java.util.List;

/** All ways to build IDs, by their published names; ours last. */
public final class IdSchemes {
  public static final IdScheme CONTENT =
      OneSpaceIds.searchable("content", "the text encoder as it is", spaces -> spaces.content());

  public static final IdScheme SEARCH_TUNED =
      OneSpaceIds.searchable(
          "search-tuned", "the text encoder tuned on queries", spaces -> spaces.searchTuned());

  public static final IdScheme RECOMMENDATION_TUNED =
      OneSpaceIds.ofItems(
          "rec-tuned", "ENMF on interactions, no text", spaces -> spaces.recommendationTuned());

  public static final IdScheme SEPARATE = new SeparateIds();

  public static final IdScheme PREFIX_SHARE = new PrefixShareIds();

  public static final IdScheme CONCATENATED =
      OneSpaceIds.ofItems(
          "fused, concatenated",
          "both specialists' vectors side by side",
          spaces ->
              EmbeddingSpace.ofItems(
                  ConcatenatedVectors.of(
                      spaces.searchTuned().unitItems(), spaces.recommendationTuned().unitItems())));

  public static final IdScheme SVD =
      OneSpaceIds.ofItems(
          "fused, SVD then added", "both specialists' vectors reduced and added", SvdFusion::in);

  public static final IdScheme MATRYOSHKA =
      OneSpaceIds.ofItems(
          "fused, Matryoshka",
          "the beginnings of both specialists' vectors, trained to serve alone",
          MatryoshkaFusion::nested);

  /** The control of Matryoshka fusion; no way of its own. */
  public static final IdScheme TRUNCATED =
      OneSpaceIds.ofItems(
          "fused, truncated",
          "the beginnings of both specialists' ordinary vectors",
          MatryoshkaFusion::truncated);

  /** As published: the text encoder tuned on both signals. */
  public static final IdScheme MULTI_TASK =
      OneSpaceIds.searchable(
          "multi-task", "the text encoder tuned on both signals", spaces -> spaces.multiTask());

  /** What ships: text, collaborative and free parts tuned on both signals. */
  public static final IdScheme JOINT =
      OneSpaceIds.searchable(
          "multi-task, joint towers",
          "text, collaborative and free parts tuned on both signals",
          spaces -> spaces.biEncoder(BiEncoderRecipe.JOINT));

  /** The same towers tuned on queries alone: the search specialist to hold them against. */
  public static final IdScheme JOINT_SEARCH =
      OneSpaceIds.searchable(
          "search-tuned, joint towers",
          "text, collaborative and free parts tuned on queries",
          spaces -> spaces.biEncoder(BiEncoderRecipe.JOINT.mixed(1, 0)));

  /** The same towers tuned on histories alone: the recommendation specialist likewise. */
  public static final IdScheme JOINT_RECOMMENDATION =
      OneSpaceIds.searchable(
          "rec-tuned, joint towers",
          "text, collaborative and free parts tuned on histories",
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

  /** The text encoder tuned on both signals in some mixture. */
  public static IdScheme multiTask(String name, BiEncoderRecipe recipe) {
    return OneSpaceIds.searchable(
        name, "the text encoder tuned on both signals", spaces -> spaces.biEncoder(recipe));
  }
}
