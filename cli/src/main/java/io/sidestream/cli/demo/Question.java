package io.sidestream.cli.demo;

import io.sidestream.cli.client.SidestreamClient;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Something the tour asks the system. */
interface Question {
  /** The reply, when it comes. */
  CompletableFuture<Reply> ask(SidestreamClient asking);

  /** A search by text. */
  static SearchRequest search(String text, int k) {
    return new SearchRequest(text, k, Set.of(), Optional.empty());
  }

  /** What a person may want next, without what they have seen. */
  static RecommendationRequest recommend(UserId user, int k) {
    return new RecommendationRequest(
        Optional.of(user), List.<ItemId>of(), k, true, Set.of(), Optional.empty());
  }
}
