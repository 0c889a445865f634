package io.sidestream.learning.generation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.examples.Histories;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.learning.sequence.SequenceExamples;
import io.sidestream.learning.sequence.UserSequence;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Examples of the sequence generator from a corpus and from held-out cases. */
final class SequenceData {
  private SequenceData() {}

  /** What a generator learns from: users' sequences, and the searches of a pool. */
  static SequenceExamples training(
      Corpus training, TextEmbeddings texts, TrainedTowers space, PromptEncoder prompts) {
    List<UserSequence> users = users(training.likes(), texts.rows());
    return new SequenceExamples(
        users.isEmpty() ? space.histories().stream().map(SequenceData::sequence).toList() : users,
        List.of(),
        searches(texts.pool(), space.queryVectors(), prompts));
  }

  /**
   * The interactions with known items, each user's in order of arrival; by user. One who met a
   * single item, however often, has nothing that came next.
   */
  static List<UserSequence> users(List<Interaction> interactions, ItemRows rows) {
    Map<UserId, List<Interaction>> byUser = new TreeMap<>();
    for (Interaction one : interactions) {
      if (rows.row(one.item()).isPresent()) {
        byUser.computeIfAbsent(one.user(), user -> new ArrayList<>()).add(one);
      }
    }
    return byUser.values().stream()
        .filter(events -> events.stream().map(Interaction::item).distinct().count() > 1)
        .map(
            events ->
                new UserSequence(
                    events.stream()
                        .mapToInt(event -> rows.row(event.item()).orElseThrow())
                        .toArray(),
                    events.stream().mapToLong(event -> event.at().toEpochMilli()).toArray()))
        .toList();
  }

  private static UserSequence sequence(Histories.Example example) {
    int[] rows =
        IntStream.concat(
                example.rows().stream().mapToInt(Integer::intValue), IntStream.of(example.next()))
            .toArray();
    return new UserSequence(rows, IntStream.range(0, rows.length).asLongStream().toArray());
  }

  private static List<SequenceExamples.Search> searches(
      QueryPool pool, float[][] queryVectors, PromptEncoder prompts) {
    return pool.chosen().parallelStream()
        .map(
            one ->
                new SequenceExamples.Search(
                    prompts.search(pool.queries().get(one.query()), queryVectors[one.query()]),
                    one.row(),
                    one.weight()))
        .toList();
  }

  /** What says when a training ends. */
  static SequenceExamples validation(List<EvaluationCase> cases, PromptEncoder prompts) {
    List<SequenceExamples> ofCases =
        cases.parallelStream().map(one -> validation(one, prompts)).toList();
    return new SequenceExamples(
        List.of(),
        ofCases.stream().flatMap(one -> one.histories().stream()).toList(),
        ofCases.stream().flatMap(one -> one.searches().stream()).toList());
  }

  private static SequenceExamples validation(EvaluationCase one, PromptEncoder prompts) {
    return one.query()
        .fold(
            query ->
                new SequenceExamples(
                    List.of(),
                    List.of(),
                    List.of(
                        new SequenceExamples.Search(
                            prompts.search(query.text()), one.relevant(), 1))),
            history ->
                new SequenceExamples(
                    List.of(),
                    List.of(new SequenceExamples.History(history.rows(), one.relevant())),
                    List.of()));
  }
}
