package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import java.util.List;

/** Whether the content of a prompt answers it, and the sentence about it where it does not. */
final class AnswerStatus {
  private AnswerStatus() {}

  /** OK if the prompt can be answered from its content; popular items answer it otherwise. */
  static Reply.Status of(Prompt prompt, Catalogue catalogue) {
    return prompt.fold(
        search ->
            NormalizedQuery.isBlank(search.query()) ? Reply.Status.EMPTY_QUERY : Reply.Status.OK,
        recommendation -> {
          if (recommendation.history().isEmpty()) {
            return recommendation.userKnown()
                ? Reply.Status.EMPTY_HISTORY
                : Reply.Status.UNKNOWN_USER;
          }
          return recommendation.history().stream().anyMatch(catalogue::contains)
              ? Reply.Status.OK
              : Reply.Status.UNKNOWN_ITEMS;
        });
  }

  /** One sentence for the user where the status is not OK; else empty. */
  static String detail(Reply.Status status, Prompt prompt) {
    return switch (status) {
      case OK -> "";
      case UNKNOWN_USER -> "the user has no interactions yet, these are popular items";
      case EMPTY_HISTORY -> "the history is empty, these are popular items";
      case UNKNOWN_ITEMS -> unknown(prompt) + " in the catalogue, these are popular items";
      case EMPTY_QUERY -> "the query is empty, these are the items with most clicks";
      case NOT_READY, OVERLOADED, INVALID ->
          throw new IllegalArgumentException("status of an answer is " + status);
    };
  }

  private static String unknown(Prompt prompt) {
    List<ItemId> history =
        prompt.fold(search -> List.of(), recommendation -> recommendation.history());
    return history.size() == 1 ? "item " + history.get(0) + " is not" : "no item of the history is";
  }
}
