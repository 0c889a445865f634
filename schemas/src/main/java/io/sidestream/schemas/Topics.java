package io.sidestream.schemas;

import java.util.ArrayList;
import java.util.List;

/**
 * All topics of one namespace.
 *
 * @param schemas what producers registered, for values that name a schema by its id
 */
public record Topics(
    Namespace namespace,
    TopicPolicy policy,
    WriterSchemas schemas,
    Topic items,
    Topic interactions,
    Topic searches,
    Topic pairCounts,
    Topic itemNeighbours,
    Topic clickedItems,
    Topic trainingRequests,
    Topic generations,
    Topic codedItems,
    Topic searchRequests,
    Topic recommendationRequests,
    Topic prompts,
    Topic searchResults,
    Topic recommendationResults,
    Topic generationTests) {
  /** Most bytes of a record that comes from outside: Kafka's own limit, whatever the brokers'. */
  public static final int MAX_RECORD_BYTES = 1_048_588;

  /**
   * Most bytes of a record that is derived from another one: a rejected record has the original and
   * the reasons, a prompt a request and a history, a reply a correlation id and items. So none of
   * them can be too large where its source was not.
   */
  public static final int MAX_DERIVED_BYTES = 2 * MAX_RECORD_BYTES;

  /** The topics under their plain names, as they are without any setting. */
  public static final Topics DEFAULT = of(Namespace.DEFAULT, TopicPolicy.DEFAULT);

  /**
   * The topics of a namespace.
   *
   * @throws IllegalArgumentException when a name is longer than Kafka allows
   */
  public static Topics of(Namespace namespace, TopicPolicy policy) {
    return of(namespace, policy, WriterSchemas.none());
  }

  private static Topics of(Namespace namespace, TopicPolicy policy, WriterSchemas registered) {
    TopicKinds kinds = new TopicKinds(namespace, policy);
    return new Topics(
        namespace,
        policy,
        registered,
        kinds.compactedCorpus("items", "item id", "Item"),
        kinds.corpus("interactions", "user id", "Interaction"),
        kinds.corpus("searches", "user id, or normalized query", "Search"),
        kinds.compactedCorpus("pair-counts", "pair, parts separated by tabs", "PairCount"),
        kinds.compacted("item-neighbours", "item id", "ItemNeighbours"),
        kinds.compacted("clicked-items", "normalized query", "ClickedItems"),
        kinds.trainingRequests("training-requests", "catalogue", "TrainingRequest"),
        kinds.generations("generations", "generation number", "GenerationAnnouncement"),
        kinds.compacted("coded-items", "generation/item id", "CodedItem"),
        kinds.requests("search-requests", "caller's", "SearchRequest"),
        kinds.requests("recommendation-requests", "caller's", "RecommendationRequest"),
        kinds.derived("prompts", "request's key", "Prompt"),
        kinds.derived("search-results", "request's key", "Reply"),
        kinds.derived("recommendation-results", "request's key", "Reply"),
        kinds.tests("generation-tests", "none", "GenerationTest"));
  }

  /** The same topics, whose producers use a registry. */
  public Topics with(WriterSchemas registered) {
    return of(namespace, policy, registered);
  }

  /** The topics, and after each the one for its rejected records. */
  public List<Topic> all() {
    List<Topic> all = new ArrayList<>();
    for (Topic topic : carrying()) {
      all.add(topic);
      all.add(rejectedOf(topic));
    }
    return List.copyOf(all);
  }

  /** The topics without those for rejected records. */
  public List<Topic> carrying() {
    return List.of(
        items,
        interactions,
        searches,
        pairCounts,
        itemNeighbours,
        clickedItems,
        trainingRequests,
        generations,
        codedItems,
        searchRequests,
        recommendationRequests,
        prompts,
        searchResults,
        recommendationResults,
        generationTests);
  }

  /** The topics that make a corpus, in the order in which their ends are read. */
  public List<Topic> corpus() {
    return List.of(pairCounts, items, interactions, searches);
  }

  /** The topic for rejected records of this topic; the reason is in their headers. */
  public Topic rejectedOf(Topic topic) {
    return new TopicKinds(namespace, policy).rejected(topic);
  }
}
