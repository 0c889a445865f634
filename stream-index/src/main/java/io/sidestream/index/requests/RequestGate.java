package io.sidestream.index.requests;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.RecentItems;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Validates requests: ready, waiting for a history, expired or invalid. */
record RequestGate(Clock clock) {
  /** Validates a search request; a null is invalid. */
  CheckedRequest search(byte[] value) {
    try {
      SearchRequest request = Codecs.searchRequest().decode(present(value));
      return open(
          new Prompt.ForSearch(
              request.query().strip(),
              request.k(),
              request.excluded(),
              request.deadline(),
              request.explain()));
    } catch (MalformedRecordException e) {
      return new CheckedRequest.Invalid(e, value);
    }
  }

  /** Validates a recommendation request; a null is invalid. */
  CheckedRequest recommendation(byte[] value) {
    try {
      RecommendationRequest request = Codecs.recommendationRequest().decode(present(value));
      if (isPast(request.deadline())) {
        return new CheckedRequest.Expired();
      }
      return request
          .user()
          .<CheckedRequest>map(user -> new CheckedRequest.NeedsHistory(user, value))
          .orElseGet(() -> open(prompt(request, request.history(), true)));
    } catch (MalformedRecordException e) {
      return new CheckedRequest.Invalid(e, value);
    }
  }

  /**
   * Completes a recommendation request with its user's history.
   *
   * @param history empty for a user without interactions
   */
  CheckedRequest withHistory(byte[] value, Optional<RecentItems> history) {
    try {
      RecommendationRequest request = Codecs.recommendationRequest().decode(value);
      List<ItemId> items =
          history.stream()
              .flatMap(recent -> recent.interactions().stream())
              .map(RecentItems.ItemInteraction::item)
              .toList();
      return open(prompt(request, items, history.isPresent()));
    } catch (MalformedRecordException e) {
      return new CheckedRequest.Invalid(e, value);
    }
  }

  private CheckedRequest open(Prompt prompt) {
    return isPast(prompt.deadline())
        ? new CheckedRequest.Expired()
        : new CheckedRequest.Ready(prompt);
  }

  private boolean isPast(Optional<Instant> deadline) {
    return deadline.filter(last -> last.isBefore(clock.instant())).isPresent();
  }

  private static Prompt prompt(
      RecommendationRequest request, List<ItemId> history, boolean userKnown) {
    Set<ItemId> excluded = new HashSet<>(request.excluded());
    if (request.excludeSeen()) {
      excluded.addAll(history);
    }
    return new Prompt.ForRecommendation(
        history, userKnown, request.k(), excluded, request.deadline(), request.explain());
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
