package io.sidestream.schemas.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Rollout;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.PairCount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** One codec per event. They keep readers of the schemas they met, and are thread-safe. */
public final class Codecs {
  private static final InputFormat<Item> ITEM = input("item", new ItemConversion());
  private static final InputFormat<Interaction> INTERACTION =
      leastSchema(
          "interaction", new InteractionConversion(), interaction -> interaction.id().isEmpty());
  private static final InputFormat<Search> SEARCH =
      leastSchema("search", new SearchConversion(), search -> search.id().isEmpty());
  private static final Codec<PairCount> PAIR_COUNT = codec("pair-count", new PairCountConversion());
  private static final Codec<ItemNeighbours> ITEM_NEIGHBOURS =
      codec("item-neighbours", new ItemNeighboursConversion());
  private static final Codec<ClickedItems> CLICKED_ITEMS =
      codec("clicked-items", new ClickedItemsConversion());
  private static final Codec<TrainingRequest> TRAINING_REQUEST =
      leastSchema(
          "training-request",
          new TrainingRequestConversion(),
          request -> request.reason() != TrainingRequest.Reason.DRIFT);
  private static final Codec<GenerationAnnouncement> GENERATION_ANNOUNCEMENT =
      leastSchema(
          "generation-announcement",
          new GenerationAnnouncementConversion(),
          announcement -> announcement.rollout().equals(Rollout.NONE),
          "former/generation-announcement-2",
          "former/generation-announcement-1");
  private static final Codec<CodedItem> CODED_ITEM =
      codec("coded-item", new CodedItemConversion(), "former/coded-item-1");
  private static final Codec<GenerationTest> GENERATION_TEST =
      codec("generation-test", new GenerationTestConversion());
  private static final InputFormat<SearchRequest> SEARCH_REQUEST =
      leastSchema(
          "search-request",
          new SearchRequestConversion(),
          request -> request.user().isEmpty() && isPlain(request.explain(), request.selection()));
  private static final InputFormat<RecommendationRequest> RECOMMENDATION_REQUEST =
      leastSchema(
          "recommendation-request",
          new RecommendationRequestConversion(),
          request ->
              request.like().isEmpty()
                  && !request.trending()
                  && isPlain(request.explain(), request.selection()));
  private static final Codec<Prompt> PROMPT =
      leastSchema(
          "prompt",
          new PromptConversion(),
          prompt -> !prompt.isTrending() && isPlain(prompt.explain(), prompt.selection()));
  private static final Codec<Reply> REPLY =
      new LeastSchemaCodec<>(
          new LeastSchemaCodec<>(
              leastSchema(
                  "reply",
                  new ReplyConversion(),
                  reply -> !reply.queryTruncated(),
                  "former/reply-3",
                  "former/reply-2",
                  "former/reply-1"),
              codec("former/reply-2", new ReplyConversion()),
              reply ->
                  !reply.queryTruncated()
                      && reply.explanation().filter(Codecs::attributes).isEmpty()),
          codec("former/reply-1", new ReplyConversion()),
          reply ->
              reply.explanation().isEmpty()
                  && reply.arm().isEmpty()
                  && !reply.queryTruncated()
                  && reply.status() != Reply.Status.OVERLOADED);
  private static final Codec<Reply> JSON_REPLY =
      new JsonCodec<>(schema("reply"), new ReplyConversion());

  private Codecs() {}

  public static InputFormat<Item> item() {
    return ITEM;
  }

  public static InputFormat<Interaction> interaction() {
    return INTERACTION;
  }

  public static InputFormat<Search> search() {
    return SEARCH;
  }

  public static Codec<PairCount> pairCount() {
    return PAIR_COUNT;
  }

  public static Codec<ItemNeighbours> itemNeighbours() {
    return ITEM_NEIGHBOURS;
  }

  public static Codec<ClickedItems> clickedItems() {
    return CLICKED_ITEMS;
  }

  public static Codec<TrainingRequest> trainingRequest() {
    return TRAINING_REQUEST;
  }

  public static Codec<GenerationAnnouncement> generationAnnouncement() {
    return GENERATION_ANNOUNCEMENT;
  }

  public static Codec<CodedItem> codedItem() {
    return CODED_ITEM;
  }

  public static Codec<GenerationTest> generationTest() {
    return GENERATION_TEST;
  }

  public static InputFormat<SearchRequest> searchRequest() {
    return SEARCH_REQUEST;
  }

  public static InputFormat<RecommendationRequest> recommendationRequest() {
    return RECOMMENDATION_REQUEST;
  }

  public static Codec<Prompt> prompt() {
    return PROMPT;
  }

  public static Codec<Reply> reply() {
    return REPLY;
  }

  /** Replies as JSON with the same fields, for those who asked in JSON. */
  public static Codec<Reply> jsonReply() {
    return JSON_REPLY;
  }

  /** Whether a value is JSON, by its first byte that is no mark and no white space. */
  public static boolean isJson(byte[] value) {
    return JsonText.isDocument(value);
  }

  /** Whether a value is an object of JSON, likewise. */
  public static boolean isJsonObject(byte[] value) {
    return JsonText.isObject(value);
  }

  /**
   * A document of JSON from outside that holds several values, read as strictly as one value is.
   *
   * @param what it is, for the message; the caller bounds its length
   */
  public static JsonNode document(byte[] json, String what) throws MalformedRecordException {
    return JsonText.document(json, what);
  }

  private static <T> InputFormat<T> input(String name, Conversion<T> conversion, String... former) {
    Schema schema = schema(name);
    return new InputCodec<>(schema, singleObject(schema, conversion, former));
  }

  /** Writes the former schema where a value has nothing that only the current one holds. */
  private static <T> InputFormat<T> leastSchema(
      String name, Conversion<T> conversion, Predicate<T> fits) {
    return leastSchema(name, conversion, fits, "former/" + name + "-1");
  }

  private static <T> InputFormat<T> leastSchema(
      String name, Conversion<T> conversion, Predicate<T> fits, String... former) {
    return new LeastSchemaCodec<>(
        input(name, conversion, former), codec(former[0], conversion), fits);
  }

  /** Whether a request has nothing that its first schema lacks. */
  private static boolean isPlain(boolean explain, Selection selection) {
    return !explain && selection.equals(Selection.ALL);
  }

  private static boolean attributes(Explanation explanation) {
    return !explanation.attributions().isEmpty();
  }

  private static <T> Codec<T> codec(String name, Conversion<T> conversion, String... former) {
    return singleObject(schema(name), conversion, former);
  }

  private static <T> SingleObjectCodec<T> singleObject(
      Schema schema, Conversion<T> conversion, String... former) {
    List<Schema> schemas = Stream.of(former).map(Codecs::schema).toList();
    return new SingleObjectCodec<>(schema, schemas, conversion);
  }

  /** The schema in the file of that name, for example {@code coded-item}. */
  static Schema schema(String name) {
    String file = "/avro/" + name + ".avsc";
    try (InputStream json = Codecs.class.getResourceAsStream(file)) {
      if (json == null) {
        throw new IllegalStateException("class path has no " + file);
      }
      return new Schema.Parser().parse(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
