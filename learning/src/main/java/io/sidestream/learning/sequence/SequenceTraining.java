package io.sidestream.learning.sequence;

import static io.sidestream.schemas.Checks.check;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.LearningRate;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TensorThreads;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.onnx.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Trains a sequence generator: AdamW, the loss of both tasks summed, stopped by validation. */
public final class SequenceTraining {
  /*
   * Every position of a history is an example, of what comes after it. A history is never summed up
   * in an exact vector that was learned from the same events: the generator would trust it, and
   * know nothing of its own. Residuals and whole positions are dropped at random, so that an item
   * without a residual is understood by its text and its codes. [1] Kang and McAuley 2018,
   * arXiv 1808.09781 (every position an example); [2] Raffel et al. 2020, arXiv 1910.10683.
   *
   * The training loss falls on when the generator has begun to learn users by heart: the weights
   * that rank validation's items best are kept.
   */
  private static final String STAGE = "generator";

  /** Share of the word pieces of a search that are not seen in training. */
  private static final double PIECE_DROPOUT = 0.1;

  /**
   * How a sequence generator is trained.
   *
   * @param epochs passes over the users' sequences
   * @param maxSteps upper bound of optimizer steps
   * @param batch windows per step, and as many searches
   * @param learningRate peak; rises in a line and falls along half a cosine
   * @param dropout share of activations set to 0
   * @param residualDropout share of the items that are seen without their residual
   * @param positionDropout share of the items of a history that are not seen
   * @param eventsPerUser latest events of a user that an epoch meets
   * @param warmup share of the steps in which the learning rate rises
   * @param search weight of the searches' loss
   * @param recommendation weight of the histories' loss
   * @param device that trains
   */
  public record Settings(
      int epochs,
      int maxSteps,
      int batch,
      double learningRate,
      double weightDecay,
      double dropout,
      double residualDropout,
      double positionDropout,
      int eventsPerUser,
      double warmup,
      double search,
      double recommendation,
      Device device) {
    public Settings {
      check(epochs > 0 && maxSteps > 0, "%d epochs, at most %d steps", epochs, maxSteps);
      check(batch > 0, "batch of %d, expected at least 1", batch);
      check(learningRate > 0, "learning rate %f, expected above 0", learningRate);
      check(weightDecay >= 0, "weight decay %f, expected at least 0", weightDecay);
      checkShare(dropout, "dropout");
      checkShare(residualDropout, "dropout of residuals");
      checkShare(positionDropout, "dropout of positions");
      check(eventsPerUser > 1, "%d events per user, expected 2 or more", eventsPerUser);
      check(warmup >= 0 && warmup <= 1, "warm-up %f, expected 0 to 1", warmup);
      check(
          search >= 0 && recommendation >= 0 && search + recommendation > 0,
          "tasks weigh %s and %s, expected 0 or more and one above",
          search,
          recommendation);
    }

    private static void checkShare(double share, String what) {
      check(share >= 0 && share < 1, "%s %f, expected 0 to below 1", what, share);
    }
  }

  /** Least steps of an epoch, where searches are as many: few users do not end it sooner. */
  private static final int LEAST_STEPS = 8;

  private final GeneratorShape shape;
  private final GeneratorVocabulary vocabulary;
  private final SequenceItems items;
  private final SequenceExamples examples;
  private final Settings settings;
  private final TrainingProgress progress;
  private final SplittableRandom shuffles;
  private final SplittableRandom draws;
  private final SplittableRandom drops;
  private final Dropout dropout;

  private SequenceTraining(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      SequenceExamples examples,
      Settings settings,
      SplittableRandom random,
      TrainingProgress progress) {
    this.shape = shape;
    this.vocabulary = vocabulary;
    this.items = items;
    this.examples = examples;
    this.settings = settings;
    this.progress = progress;
    this.shuffles = random.split();
    this.draws = random.split();
    this.drops = random.split();
    this.dropout = new Dropout(settings.dropout(), random.split());
  }

  /** Trains a generator of these items from its beginning, for the caller to close. */
  public static SequenceWeights train(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      SequenceExamples examples,
      SequenceExamples validation,
      Settings settings,
      long seed,
      TrainingProgress progress) {
    return train(
        shape, vocabulary, items, Optional.empty(), examples, validation, settings, seed, progress);
  }

  /**
   * The same.
   *
   * @param start the weights that it begins with; those of random draws where empty
   * @param validation what decides when training stops; may be empty
   */
  public static SequenceWeights train(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      Optional<SequenceStart> start,
      SequenceExamples examples,
      SequenceExamples validation,
      Settings settings,
      long seed,
      TrainingProgress progress) {
    SequenceExamples used = weighted(examples, settings);
    check(
        !used.users().isEmpty() || !used.searches().isEmpty(),
        "no examples to train a generator with: no user met two items, no item is like another, and"
            + " no search counts (trainer.generator.loss.search)");
    SplittableRandom random = new SplittableRandom(seed);
    Parameters parameters =
        SequenceParameters.fill(
            new Parameters(settings.device()), shape, items.size(), random.split());
    try {
      start.ifPresent(some -> some.putInto(parameters, vocabulary, items));
      SequenceTraining training =
          new SequenceTraining(shape, vocabulary, items, used, settings, random, progress);
      BestWeights best =
          new BestWeights(
              new SequenceValidation(shape, vocabulary, items, weighted(validation, settings)),
              parameters,
              start.isPresent() ? settings.epochs() : BestWeights.VALIDATIONS);
      if (start.isPresent()) {
        best.validate(0);
      }
      LossCurve losses =
          TensorThreads.forStates(training.numbersOfStates(), () -> training.run(parameters, best));
      return new SequenceWeights(
          shape, vocabulary, items, parameters.toMainMemory(), losses, best.value());
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static SequenceExamples weighted(SequenceExamples all, Settings settings) {
    boolean histories = settings.recommendation() > 0;
    return new SequenceExamples(
        histories ? all.users() : List.of(),
        histories ? all.histories() : List.of(),
        settings.search() > 0 ? all.searches() : List.of());
  }

  /** Of a layer, in one step. */
  private long numbersOfStates() {
    return (long) settings.batch() * shape.maxTokens() * shape.modelDimensions();
  }

  private LossCurve run(Parameters parameters, BestWeights best) {
    Windows windows = new Windows(shape.maxTokens(), settings.eventsPerUser());
    List<List<Windows.Window>> batches = epoch(windows);
    long total = Math.min(settings.maxSteps(), (long) batches.size() * settings.epochs());
    LearningRate rate =
        LearningRate.cosine(settings.learningRate(), Math.round(total * settings.warmup()), total);
    progress.stage(
        STAGE,
        "%,d users, %,d searches, %,d weights",
        examples.users().size(),
        examples.searches().size(),
        parameters.size());
    SearchDraw searches = new SearchDraw(examples.searches(), draws);
    LossCurve.Recorder losses = new LossCurve.Recorder(total);
    long done = 0;
    try (AdamW optimizer =
        new AdamW(
            parameters,
            AdamW.Settings.withDecay(settings.weightDecay()),
            SequenceParameters.paces(shape, settings.weightDecay()))) {
      while (done < total && !best.isOver(done, total)) {
        for (List<Windows.Window> batch : batches) {
          if (done < total) {
            List<SequenceExamples.Search> drawn = searches.draw(settings.batch());
            losses.add(step(parameters, optimizer, batch, drawn, rate.at(done)));
            progress.step(++done, total);
            best.after(done, total);
          }
        }
        batches = epoch(windows);
      }
    }
    best.restore();
    LossCurve curve = losses.curve();
    progress.finished(
        STAGE, "loss %.3f, validation %.3f at step %,d", curve.last(), best.value(), best.step());
    return curve;
  }

  /** Batches of an epoch; empty ones where there are searches alone, or few users beside them. */
  private List<List<Windows.Window>> epoch(Windows windows) {
    List<List<Windows.Window>> batches =
        new ArrayList<>(windows.batches(examples.users(), settings.batch(), shuffles));
    int steps = (examples.searches().size() + settings.batch() - 1) / settings.batch();
    int least = batches.isEmpty() ? Math.max(1, steps) : Math.min(LEAST_STEPS, steps);
    while (batches.size() < least) {
      batches.add(List.of());
    }
    return batches;
  }

  private double step(
      Parameters parameters,
      AdamW optimizer,
      List<Windows.Window> windows,
      List<SequenceExamples.Search> searches,
      double rate) {
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      SequenceNetwork network = new SequenceNetwork(shape, items, step, dropout);
      List<NDArray> ofTasks = new ArrayList<>();
      if (!windows.isEmpty()) {
        ofTasks.add(SafeMath.multiply(historyLoss(network, windows), settings.recommendation()));
      }
      if (!searches.isEmpty()) {
        ofTasks.add(SafeMath.multiply(searchLoss(network, searches), settings.search()));
      }
      NDArray loss =
          ofTasks.stream()
              .reduce(NDArray::add)
              .orElseThrow(() -> new IllegalArgumentException("a step has no examples"));
      double value = step.backward(loss);
      optimizer.apply(step, rate);
      return value;
    }
  }

  private NDArray historyLoss(SequenceNetwork network, List<Windows.Window> windows) {
    PositionBatch.Dropped dropped =
        new PositionBatch.Dropped(settings.residualDropout(), settings.positionDropout(), drops);
    PositionBatch batch =
        PositionBatch.histories(
            windows.stream().map(Windows.Window::rows).toList(),
            windows.stream().mapToInt(Windows.Window::length).toArray(),
            items,
            vocabulary,
            dropped);
    Targets targets = Targets.of(windows, batch.length());
    NDArray states = network.at(network.states(batch), targets.places());
    return network.logLikelihood(states, targets.rows(), dropped).mean().neg();
  }

  private NDArray searchLoss(SequenceNetwork network, List<SequenceExamples.Search> searches) {
    PositionBatch.Dropped dropped =
        new PositionBatch.Dropped(settings.residualDropout(), PIECE_DROPOUT, drops);
    PositionBatch batch =
        PositionBatch.searches(
            searches.stream().map(SequenceExamples.Search::prompt).toList(), vocabulary, dropped);
    NDArray states = network.at(network.states(batch), Targets.last(searches, batch.length()));
    int[] rows = searches.stream().mapToInt(SequenceExamples.Search::row).toArray();
    return network.logLikelihood(states, rows, dropped).mean().neg();
  }
}
