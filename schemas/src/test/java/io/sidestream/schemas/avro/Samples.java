package io.sidestream.schemas.avro;

import io.sidestream.schemas.Arm;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.EventId;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationDecision;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.ItemWords;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Rollout;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.ClickedItem;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One or more ordinary values of every event. */
final class Samples {
  static final Instant TIME = Instant.ofEpochMilli(846_633_600_123L);
  static final ItemId HEAT = new ItemId("tt0113277");
  static final ItemId RONIN = new ItemId("tt0122690");
  static final UserId USER = new UserId("u17");
  static final Generation GENERATION = new Generation(12);
  static final CorpusOffsets CORPUS =
      new CorpusOffsets(
          Map.of(
              "items", Map.of(0, 10L, 1, 0L), "pair-counts", Map.of(), "searches", Map.of(3, 9L)));

  /** A codec under its schema's file name, with values to send through it. */
  record Sample<T>(String name, Codec<T> codec, List<T> values) {}

  private Samples() {}

  static List<Sample<?>> all() {
    return List.of(
        new Sample<>(
            "item", Codecs.item(), List.of(item(), new Item(HEAT, "热", Map.of(), Map.of()))),
        new Sample<>(
            "interaction",
            Codecs.interaction(),
            List.of(
                new Interaction(USER, HEAT, "rating", 0.5, TIME),
                new Interaction(USER, HEAT, "view", 1, TIME, Optional.of(new EventId("event-1"))))),
        new Sample<>(
            "search",
            Codecs.search(),
            List.of(
                new Search("a heist", HEAT, Optional.of(USER), TIME),
                new Search("A  Heist", RONIN, Optional.empty(), TIME),
                new Search(
                    "a heist", HEAT, Optional.empty(), TIME, Optional.of(new EventId("e"))))),
        new Sample<>(
            "pair-count",
            Codecs.pairCount(),
            List.of(
                new PairCount(Pair.ItemItem.of(RONIN, HEAT), 3),
                new PairCount(new Pair.QueryItem("a heist", HEAT), Long.MAX_VALUE))),
        new Sample<>(
            "item-neighbours",
            Codecs.itemNeighbours(),
            List.of(
                new ItemNeighbours(
                    2_710_000,
                    1_000_000,
                    List.of(new Neighbour(RONIN, 1_900_000), new Neighbour(HEAT, 810_000))),
                ItemNeighbours.NONE)),
        new Sample<>(
            "clicked-items",
            Codecs.clickedItems(),
            List.of(
                new ClickedItems(7, List.of(new ClickedItem(RONIN, 4), new ClickedItem(HEAT, 2))),
                ClickedItems.NONE)),
        new Sample<>(
            "training-request",
            Codecs.trainingRequest(),
            List.of(
                new TrainingRequest(
                    "default", TrainingRequest.Reason.AGE, "an hour passed", CORPUS, TIME),
                new TrainingRequest(
                    "default", TrainingRequest.Reason.DRIFT, "recall fell", CORPUS, TIME))),
        new Sample<>(
            "generation-announcement",
            Codecs.generationAnnouncement(),
            List.of(
                announcement(),
                announcement().in(GenerationState.REJECTED, "worse", TIME),
                announcement().in(GenerationState.CANDIDATE, "good", TIME).with(rollout()))),
        new Sample<>(
            "generation-test",
            Codecs.generationTest(),
            List.of(
                new GenerationTest(
                    GenerationTest.Task.SEARCH,
                    TIME,
                    List.of(tested(12, GenerationTest.Outcome.MISS))),
                new GenerationTest(
                    GenerationTest.Task.RECOMMENDATION,
                    TIME,
                    List.of(
                        tested(12, GenerationTest.Outcome.NONE),
                        tested(13, GenerationTest.Outcome.NONE))))),
        new Sample<>(
            "coded-item",
            Codecs.codedItem(),
            List.of(
                new CodedItem(HEAT, semanticId(), new float[] {0.6f, -0.8f}),
                new CodedItem(
                    HEAT,
                    semanticId(),
                    new float[] {0.6f, -0.8f},
                    Optional.of(new ItemWords("Heat", "genre: crime"))))),
        new Sample<>(
            "search-request",
            Codecs.searchRequest(),
            List.of(
                new SearchRequest("a heist", 30, Set.of(HEAT, RONIN), Optional.of(TIME)),
                new SearchRequest("", 1, Set.of(), Optional.empty(), true),
                new SearchRequest("a heist", 30, Set.of(), Optional.empty(), false, selection()),
                new SearchRequest(
                    "a heist",
                    10,
                    Set.of(),
                    Optional.empty(),
                    false,
                    Selection.ALL,
                    Optional.of(USER)))),
        new Sample<>(
            "recommendation-request",
            Codecs.recommendationRequest(),
            List.of(
                new RecommendationRequest(
                    Optional.of(USER), List.of(), 10, true, Set.of(), Optional.of(TIME)),
                new RecommendationRequest(
                    Optional.empty(),
                    List.of(HEAT, RONIN, HEAT),
                    10,
                    false,
                    Set.of(RONIN),
                    Optional.empty(),
                    true),
                new RecommendationRequest(
                    Optional.of(USER),
                    List.of(),
                    10,
                    true,
                    Set.of(),
                    Optional.empty(),
                    false,
                    selection()),
                RecommendationRequest.like(HEAT, 10),
                RecommendationRequest.trending(10))),
        new Sample<>(
            "prompt",
            Codecs.prompt(),
            List.of(
                new Prompt.ForSearch("a heist", 10, Set.of(HEAT), Optional.of(TIME)),
                new Prompt.ForRecommendation(
                    List.of(RONIN, HEAT), true, 10, Set.of(), Optional.empty(), true),
                new Prompt.ForSearch("a heist", 10, Set.of(), Optional.empty(), false, selection()),
                new Prompt.ForRecommendation(
                    List.of(RONIN), true, 10, Set.of(), Optional.empty(), false, selection()),
                new Prompt.ForRecommendation(
                    List.of(), true, 10, Set.of(), Optional.empty(), false, Selection.ALL, true))),
        new Sample<>(
            "reply",
            Codecs.reply(),
            List.of(
                new Reply(
                    Reply.Status.OK,
                    "",
                    Optional.of(GENERATION),
                    List.of(
                        new RankedItem(HEAT, -1.25, semanticId()),
                        new RankedItem(RONIN, -1.5, semanticId()))),
                new Reply(
                    Reply.Status.OK,
                    "",
                    Optional.of(GENERATION),
                    List.of(new RankedItem(HEAT, -1.25, semanticId())),
                    Optional.of(
                        new Explanation(
                            List.of(
                                new Explanation.Beam(
                                    new int[] {17, 203, 65_535}, -0.5, 12, List.of(HEAT))),
                            Map.of("dense", 2.5),
                            List.of(Map.of("dense", -0.5))))),
                new Reply(Reply.Status.NOT_READY, "try again", Optional.empty(), List.of()),
                new Reply(Reply.Status.OVERLOADED, "busy", Optional.empty(), List.of()),
                new Reply(Reply.Status.OK, "", Optional.of(GENERATION), List.of())
                    .of(Optional.of(Arm.CANDIDATE)),
                new Reply(
                    Reply.Status.OK,
                    "",
                    Optional.of(GENERATION),
                    List.of(new RankedItem(HEAT, -1.25, semanticId())),
                    Optional.of(
                        new Explanation(
                            List.of(),
                            Map.of("dense", 2.5),
                            List.of(Map.of("dense", -0.5)),
                            List.of(
                                List.of(
                                    new Explanation.Attribution(
                                        "dense",
                                        Explanation.Attribution.ITEM,
                                        RONIN.value(),
                                        -0.5)))))),
                new Reply(Reply.Status.OK, "", Optional.of(GENERATION), List.of())
                    .withQueryTruncated(true))));
  }

  static Rollout rollout() {
    return new Rollout(
        Optional.of(0.1),
        false,
        List.of(
            new GenerationDecision(
                GenerationDecision.Action.COMPARE,
                Optional.of(0.1),
                new DecisionAuthor("ann", "a try", TIME))));
  }

  static Selection selection() {
    return new Selection(
        List.of(
            new ItemFilter(
                "genre", List.of("Crime"), List.of("War"), Optional.empty(), Optional.empty()),
            new ItemFilter("year", List.of(), List.of(), Optional.of(1990.0), Optional.of(2000.0))),
        20,
        0.25,
        List.of(
            new ItemBoost(
                new ItemFilter("year", List.of(), List.of(), Optional.of(1995.0), Optional.empty()),
                -1.5)),
        Optional.of(GENERATION));
  }

  static SemanticId semanticId() {
    return new SemanticId(GENERATION, new int[] {17, 203, 65_535});
  }

  static Item item() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("tagline", "A Los Angeles crime saga");
    texts.put("description", "A thief and a detective.");
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    attributes.put("year", List.of("1995"));
    attributes.put("genre", List.of("Drama", "Crime"));
    return new Item(HEAT, "Heat", texts, attributes);
  }

  static GenerationAnnouncement announcement() {
    return new GenerationAnnouncement(
        GENERATION,
        GenerationState.LIVE,
        "both tasks hold",
        "0123456789abcdef".repeat(4),
        Optional.of(new Generation(11)),
        CORPUS,
        Map.of("search.recall@30", 0.25, "recommendation.recall@30", 0.5),
        TIME);
  }

  private static GenerationTest.GivenAnswer tested(long number, GenerationTest.Outcome outcome) {
    return new GenerationTest.GivenAnswer(
        new Generation(number), outcome, 5_250, List.of(HEAT, RONIN));
  }
}
