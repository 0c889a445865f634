package io.sidestream.experiments.embedding;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.pretrained.EncoderModel;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.biencoder.BiEncoderCorpus;
import io.sidestream.learning.biencoder.BiEncoderTraining;
import io.sidestream.learning.biencoder.TrainedBiEncoder;
import io.sidestream.learning.collaborative.EfficientNeuralMatrixFactorization;
import io.sidestream.learning.collaborative.ImplicitFeedback;
import io.sidestream.learning.examples.BiEncoderExamples;
import io.sidestream.learning.generation.CollaborativeInput;
import io.sidestream.learning.progress.TrainingProgress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** All spaces of one split and seed; each is learned once and kept. */
public final class EmbeddingSpaces {
  private final TrainingData training;
  private final Texts texts;
  private final EmbeddingSpaceSettings settings;
  private final Store store;
  private final long seed;
  private final TrainingProgress progress;

  /**
   * @param store apart for each split, settings and seed
   */
  public EmbeddingSpaces(
      TrainingData training,
      Texts texts,
      EmbeddingSpaceSettings settings,
      Store store,
      long seed,
      TrainingProgress progress) {
    this.training = training;
    this.texts = texts;
    this.settings = settings;
    this.store = store;
    this.seed = seed;
    this.progress = progress;
  }

  public EmbeddingSpaceSettings settings() {
    return settings;
  }

  /** The text encoder as it is: items and queries by their texts alone. */
  public EmbeddingSpace content() {
    return EmbeddingSpace.ofTexts(texts.vectors(training.itemTexts()), settings.encoder());
  }

  /** The search specialist: the text encoder tuned on queries. */
  public EmbeddingSpace searchTuned() throws IOException {
    return tuned(BiEncoderRecipe.SEARCH_TUNED);
  }

  /** The text encoder tuned on queries and on co-occurring items, as published. */
  public EmbeddingSpace multiTask() throws IOException {
    return tuned(BiEncoderRecipe.MULTI_TASK);
  }

  /** The fine-tuned encoder where settings ask for it, heads on its vectors otherwise. */
  private EmbeddingSpace tuned(BiEncoderRecipe recipe) throws IOException {
    Optional<EncoderModel> itself = texts.model().filter(one -> one.fineTuning().isPresent());
    return itself.isPresent() ? fineTuned(itself.get(), recipe) : biEncoder(recipe);
  }

  private EmbeddingSpace fineTuned(EncoderModel model, BiEncoderRecipe recipe) throws IOException {
    List<String> queries = training.caseQueries();
    FineTuning tuning = new FineTuning(model, queries, settings.encoder());
    return EmbeddingSpace.of(
        texts
            .within(store)
            .tensors(
                "space fine-tuned " + recipe,
                () -> tuning.learn(corpus(recipe), recipe, seed, progress).tensors(queries)),
        queries);
  }

  /** The recommendation specialist: an embedding of interactions, without text. */
  public EmbeddingSpace recommendationTuned() throws IOException {
    return EmbeddingSpace.of(
        store.tensors(
            "space ENMF",
            () -> {
              EfficientNeuralMatrixFactorization enmf =
                  new EfficientNeuralMatrixFactorization(factors());
              return EmbeddingSpace.ofItems(enmf.learn(feedback(), seed, progress).items())
                  .tensors();
            }));
  }

  private ImplicitFeedback feedback() {
    return ImplicitFeedback.of(training.data().training(), training.data().rows());
  }

  private EfficientNeuralMatrixFactorization.Settings factors() {
    EfficientNeuralMatrixFactorization.Settings usual =
        EfficientNeuralMatrixFactorization.Settings.DEFAULT;
    return new EfficientNeuralMatrixFactorization.Settings(
        settings.factorDimensions(),
        usual.negativeWeight(),
        usual.dropout(),
        settings.factorEpochs(),
        usual.batch(),
        usual.learningRate());
  }

  /** What heads on the vectors of texts learn by a recipe. */
  public EmbeddingSpace biEncoder(BiEncoderRecipe recipe) throws IOException {
    return EmbeddingSpace.of(
        texts.within(store).tensors("space " + recipe, () -> learned(recipe).tensors()));
  }

  private EmbeddingSpace learned(BiEncoderRecipe recipe) throws IOException {
    int layers = settings.encoder().layers().trained();
    check(
        texts.model().isEmpty() || layers == 0,
        "%d layers of the bundled encoder learn, expected none where a folder's reads the texts",
        layers);
    BiEncoderCorpus corpus = corpus(recipe);
    TrainedBiEncoder trained =
        BiEncoderTraining.train(corpus, recipe.applied(settings.encoder()), seed, progress);
    return new EmbeddingSpace(
        trained.itemVectors(corpus.textVectors()), Optional.of(trained.towers()));
  }

  private BiEncoderCorpus corpus(BiEncoderRecipe recipe) throws IOException {
    float[][] itemVectors = texts.vectors(training.itemTexts());
    return BiEncoderExamples.of(
        training.data().training(),
        training.data().rows(),
        training.itemTexts(),
        itemVectors,
        recipe.collaborative() ? collaborative() : new float[itemVectors.length][1],
        training.pool(),
        texts.vectors(training.pool().queries()),
        training.histories());
  }

  private float[][] collaborative() throws IOException {
    return store.rows(
        "collaborative",
        () ->
            new CollaborativeInput(settings.collaborative(), seed, progress)
                .learn(training.data().training(), training.data().rows()));
  }
}
