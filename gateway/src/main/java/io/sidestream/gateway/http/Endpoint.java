package io.sidestream.gateway.http;

import java.util.concurrent.CompletableFuture;

/** Answers requests of one route. */
@FunctionalInterface
public interface Endpoint {
  /**
   * The future response; an exception, thrown or in the future, becomes an error by {@link
   * HttpErrors}.
   */
  CompletableFuture<HttpReply> answer(HttpCall call);
}
