package io.sidestream.gateway.http;

/**
 * A request as an endpoint sees it.
 *
 * @param variable the decoded last segment of the path where the route ends with one; else empty
 * @param body empty where the method has none
 */
public record HttpCall(String variable, byte[] body) {
  public HttpCall {
    body = body.clone();
  }
}
