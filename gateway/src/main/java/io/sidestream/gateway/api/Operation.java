package io.sidestream.gateway.api;

import io.sidestream.gateway.http.Route.Method;

/** What can be asked of the gateway, beside its page. */
public enum Operation {
  SEARCH(Method.POST, "/search"),
  RECOMMEND(Method.POST, "/recommend"),
  SIMILAR(Method.POST, "/similar"),
  EVENTS(Method.POST, "/events"),
  PUT_ITEM(Method.PUT, "/items/{id}"),
  DELETE_ITEM(Method.DELETE, "/items/{id}"),
  GENERATIONS(Method.GET, "/generations"),
  ROLLBACK(Method.POST, "/generations/rollback"),
  STATUS(Method.GET, "/status"),
  USERS(Method.GET, "/users");

  private final Method method;
  private final String path;

  Operation(Method method, String path) {
    this.method = method;
    this.path = path;
  }

  public Method method() {
    return method;
  }

  public String path() {
    return path;
  }
}
