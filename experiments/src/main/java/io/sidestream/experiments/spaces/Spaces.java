package io.sidestream.experiments.spaces;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.published.EncoderModel;
import io.sidestream.experiments.store.Store;
import io.sidestream.trainer.CollaborativeInput;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.collaborative.EfficientNeuralMatrixFactorization;
import io.sidestream.trainer.collaborative.ImplicitFeedback;
import io.sidestream.trainer.encoder.BiEncoderCorpus;
import io.sidestream.trainer.encoder.BiEncoderTraining;
import io.sidestream.trainer.encoder.TrainedBiEncoder;
import io.sidestream.trainer.examples.BiEncoderExamples;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** All spaces of one split and seed; each is learned once and kept. */
public final class Spaces {
  private final LearningMaterial material;
  private final Texts texts;
  private final SpaceSettings settings;
  private final Store store;
  private final long seed;
  private final TrainingProgress progress;

  /**
   * @param store apart for each split, settings and seed
   */
  public Spaces(
      LearningMaterial material,
      Texts texts,
      SpaceSettings settings,
      Store store,
      long seed,
      TrainingProgress progress) {
    this.material = material;
    this.texts = texts;
    this.settings = settings;
    this.store = store;
    this.seed = seed;
    this.progress = progress;
  }

  public SpaceSettings settings() {
    return settings;
  }

  /** The text encoder as it is: items and queries by their texts alone. */
  public Space content() {
    return Space.ofTexts(texts.vectors(material.itemTexts()), settings.encoder());
  }

  /** The search specialist: the text encoder tuned on queries. */
  public Space searchTuned() throws IOException {
    return tuned(BiEncoderRecipe.SEARCH_TUNED);
  }

  /** The text encoder tuned on queries and on items met together, as published. */
  public Space multiTask() throws IOException {
    return tuned(BiEncoderRecipe.MULTI_TASK);
  }

  /** The encoder itself tuned where it is to be, heads on its vectors otherwise. */
  private Space tuned(BiEncoderRecipe recipe) throws IOException {
    Optional<EncoderModel> itself = texts.model().filter(one -> one.fineTuning().isPresent());
    return itself.isPresent() ? fineTuned(itself.get(), recipe) : biEncoder(recipe);
  }

  private Space fineTuned(EncoderModel model, BiEncoderRecipe recipe) throws IOException {
    List<String> queries = material.askedQueries();
    FineTuning tuning = new FineTuning(model, queries, settings.encoder());
    return Space.of(
        texts
            .within(store)
            .tensors(
                "space fine-tuned " + recipe,
                () -> tuning.learn(corpus(recipe), recipe, seed, progress).tensors(queries)),
        queries);
  }

  /** The recommendation specialist: an embedding of interactions, without text. */
  public Space recommendationTuned() throws IOException {
    return Space.of(
        store.tensors(
            "space ENMF",
            () -> {
              EfficientNeuralMatrixFactorization enmf =
                  new EfficientNeuralMatrixFactorization(factors());
              return Space.ofItems(enmf.learn(feedback(), seed, progress).items()).tensors();
            }));
  }

  private ImplicitFeedback feedback() {
    return CollaborativeInput.feedback(material.data().training(), material.data().rows());
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
  public Space biEncoder(BiEncoderRecipe recipe) throws IOException {
    return Space.of(
        texts.within(store).tensors("space " + recipe, () -> learned(recipe).tensors()));
  }

  private Space learned(BiEncoderRecipe recipe) throws IOException {
    int layers = settings.encoder().layers().trained();
    check(
        texts.model().isEmpty() || layers == 0,
        "%d layers of the bundled encoder learn, expected none where a folder's reads the texts",
        layers);
    BiEncoderCorpus corpus = corpus(recipe);
    TrainedBiEncoder trained =
        BiEncoderTraining.train(corpus, recipe.applied(settings.encoder()), seed, progress);
    return new Space(trained.itemVectors(corpus.textVectors()), Optional.of(trained.towers()));
  }

  private BiEncoderCorpus corpus(BiEncoderRecipe recipe) throws IOException {
    float[][] itemVectors = texts.vectors(material.itemTexts());
    return BiEncoderExamples.of(
        material.data().training(),
        material.data().rows(),
        material.itemTexts(),
        itemVectors,
        recipe.collaborative() ? collaborative() : new float[itemVectors.length][1],
        material.pool(),
        texts.vectors(material.pool().queries()),
        material.histories());
  }

  private float[][] collaborative() throws IOException {
    return store.rows(
        "collaborative",
        () ->
            new CollaborativeInput(settings.collaborative(), seed, progress)
                .learn(material.data().training(), material.data().rows()));
  }
}
