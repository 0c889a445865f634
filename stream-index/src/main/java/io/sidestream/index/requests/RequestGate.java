package io.sidestream.index.requests;

import io.sidestream.index.replies.BrokerTime;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.InputFormat;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.RecentItems;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Validates requests: ready, waiting for a history, expired or invalid.
 *
 * @param time by which deadlines pass
 * @param filterable attributes that requests may filter by
 * @param trends whether trending items may be asked for
 * @param schemas for requests that name theirs by an id
 */
record RequestGate(BrokerTime time, Set<String> filterable, boolean trends, WriterSchemas schemas) {
  RequestGate {
    filterable = Set.copyOf(filterable);
  }

  /** Validates a search request; a null is invalid. */
  CheckedRequest search(byte[] value) {
    try {
      SearchRequest request = decode(Codecs.searchRequest(), present(value));
      requireFilterable(request.selection());
      return open(
          new Prompt.ForSearch(
              request.query().strip(),
              request.k(),
              request.excluded(),
              request.deadline(),
              request.explain(),
              request.selection()),
          request.user());
    } catch (MalformedRecordException e) {
      return new CheckedRequest.Invalid(e, value);
    }
  }

  /** Validates a recommendation request; a null is invalid. */
  CheckedRequest recommendation(byte[] value) {
    try {
      RecommendationRequest request = decode(Codecs.recommendationRequest(), present(value));
      requireFilterable(request.selection());
      requireTrends(request);
      if (isPast(request.deadline())) {
        return new CheckedRequest.Expired();
      }
      return request
          .user()
          .<CheckedRequest>map(
              user ->
                  new CheckedRequest.NeedsHistory(
                      user, request.deadline(), Codecs.recommendationRequest().encode(request)))
          .orElseGet(
              () -> open(prompt(request, history(request), true, List.of()), Optional.empty()));
    } catch (MalformedRecordException e) {
      return new CheckedRequest.Invalid(e, value);
    }
  }

  /**
   * Completes a recommendation request with its user's history.
   *
   * @param value the bytes that {@link #recommendation} gave, which no registry is needed to read
   * @param history empty for a user without interactions
   */
  CheckedRequest withHistory(byte[] value, Optional<UserHistory> history) {
    try {
      RecommendationRequest request = decode(Codecs.recommendationRequest(), value);
      List<ItemId> items =
          history.stream()
              .flatMap(known -> known.recent().interactions().stream())
              .map(RecentItems.ItemInteraction::item)
              .toList();
      List<ItemId> disliked = history.map(UserHistory::disliked).orElse(List.of());
      return open(prompt(request, items, history.isPresent(), disliked), request.user());
    } catch (MalformedRecordException e) {
      return new CheckedRequest.Invalid(e, value);
    }
  }

  /** Items like one item are those that follow a history of it alone. */
  private static List<ItemId> history(RecommendationRequest request) {
    return request.like().map(List::of).orElseGet(request::history);
  }

  private CheckedRequest open(Prompt prompt, Optional<UserId> asker) {
    return isPast(prompt.deadline())
        ? new CheckedRequest.Expired()
        : new CheckedRequest.Ready(prompt, asker);
  }

  /** While the brokers' time is not known, those that answer decide. */
  private boolean isPast(Optional<Instant> deadline) {
    return time.isKnown() && deadline.filter(last -> last.isBefore(time.now())).isPresent();
  }

  private static Prompt prompt(
      RecommendationRequest request,
      List<ItemId> history,
      boolean userKnown,
      List<ItemId> disliked) {
    Set<ItemId> excluded = new HashSet<>(request.excluded());
    excluded.addAll(disliked);
    if (request.excludeSeen() || request.like().isPresent()) {
      excluded.addAll(history);
    }
    return new Prompt.ForRecommendation(
        history,
        userKnown,
        request.k(),
        excluded,
        request.deadline(),
        request.explain(),
        request.selection(),
        request.trending());
  }

  private void requireTrends(RecommendationRequest request) throws MalformedRecordException {
    if (request.trending() && !trends) {
      throw new MalformedRecordException(
          MalformedRecordException.Reason.OUT_OF_RANGE,
          "request asks for trending items, and index.trending.window is 0s",
          null);
    }
  }

  private void requireFilterable(Selection selection) throws MalformedRecordException {
    for (ItemFilter filter : selection.filters()) {
      requireFilterable("filter", filter);
    }
    for (ItemBoost boost : selection.boosts()) {
      requireFilterable("boost", boost.condition());
    }
  }

  private void requireFilterable(String what, ItemFilter condition)
      throws MalformedRecordException {
    if (!filterable.contains(condition.attribute())) {
      throw new MalformedRecordException(
          MalformedRecordException.Reason.OUT_OF_RANGE,
          "%s is on attribute %s, expected one of index.filter.attributes: %s"
              .formatted(what, condition.attribute(), new TreeSet<>(filterable)),
          null);
    }
  }

  /** A caller waits: where the registry cannot be asked, the request cannot be read. */
  private <T> T decode(InputFormat<T> format, byte[] value) throws MalformedRecordException {
    try {
      return format.decode(value, schemas);
    } catch (RetriableException e) {
      throw new MalformedRecordException(
          MalformedRecordException.Reason.UNKNOWN_SCHEMA, ReasonText.of(e), e);
    }
  }

  private static byte[] present(byte[] value) throws MalformedRecordException {
    if (value == null) {
      throw new MalformedRecordException(
          MalformedRecordException.Reason.UNEXPECTED_TOMBSTONE,
          "request has no value, and its topic is not compacted",
          null);
    }
    return value;
  }
}
