package io.sidestream.gateway.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.UrlEncoded;

/** Finds the route of a request, guards it, reads its body, and writes the response. */
final class GatewayHandler extends Handler.Abstract {
  private static final String OTHER = "other";
  private static final String JSON = "application/json";
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpLimits limits;
  private final AccessGuard guard;
  private final List<Route> routes;
  private final HttpMeters meters;
  private final Executor threads;
  private final Semaphore free;

  GatewayHandler(
      HttpLimits limits,
      AccessGuard guard,
      List<Route> routes,
      HttpMeters meters,
      Executor threads) {
    this.limits = limits;
    this.guard = guard;
    this.routes = List.copyOf(routes);
    this.meters = meters;
    this.threads = threads;
    this.free = new Semaphore(limits.requests());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long start = System.nanoTime();
    String path = request.getHttpURI().getPath();
    List<Route> ofPath = routes.stream().filter(route -> route.matches(path)).toList();
    Optional<Route> found =
        ofPath.stream().filter(one -> one.method().name().equals(method(request))).findFirst();
    CompletableFuture<HttpReply> reply =
        found.isPresent()
            ? answer(found.get(), path, request)
            : CompletableFuture.completedFuture(unknown(request, ofPath));
    reply
        .exceptionally(HttpErrors::reply)
        .thenAccept(
            done -> {
              meters.answered(
                  found.map(Route::path).orElse(OTHER),
                  done.status(),
                  Duration.ofNanos(System.nanoTime() - start));
              write(done, request, response, callback);
            })
        .exceptionally(
            failure -> {
              callback.failed(failure);
              return null;
            });
    return true;
  }

  /** HEAD is answered as GET, without the body. */
  private static String method(Request request) {
    return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
  }

  private static HttpReply unknown(Request request, List<Route> ofPath) {
    if (ofPath.isEmpty()) {
      return HttpReply.error(404, "no such path; GET /openapi.json lists them");
    }
    String allowed =
        ofPath.stream().map(one -> one.method().name()).sorted().collect(Collectors.joining(", "));
    return HttpReply.error(405, "method is %s, expected %s".formatted(request.getMethod(), allowed))
        .with("Allow", allowed);
  }

  private CompletableFuture<HttpReply> answer(Route route, String path, Request request) {
    Optional<HttpReply> refused =
        guard
            .refusal(
                route,
                Request.getServerName(request),
                request.getHeaders().get(HttpHeader.AUTHORIZATION))
            .or(() -> refusedBody(route, request));
    if (refused.isPresent()) {
      return CompletableFuture.completedFuture(refused.get());
    }
    String variable = decoded(route.variable(path));
    return body(route, request)
        .handleAsync(
            (body, failure) ->
                failure == null
                    ? endpoint(route, new HttpCall(variable, body))
                    : CompletableFuture.completedFuture(unread(failure)),
            threads)
        .thenCompose(reply -> reply);
  }

  /** A segment of a path; a plus sign is itself there, unlike in a query. */
  private static String decoded(String segment) {
    return UrlEncoded.decodeString(segment.replace("+", "%2B"));
  }

  private Optional<HttpReply> refusedBody(Route route, Request request) {
    if (!route.method().hasBody()) {
      return Optional.empty();
    }
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).strip().startsWith(JSON)) {
      return Optional.of(
          HttpReply.error(415, "content type is %s, expected %s".formatted(type, JSON)));
    }
    return request.getLength() > limits.bodyBytes() ? Optional.of(tooLarge()) : Optional.empty();
  }

  private CompletableFuture<byte[]> body(Route route, Request request) {
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    if (route.method().hasBody()) {
      Content.Source.asByteArrayAsync(
          request, limits.bodyBytes(), Promise.Invocable.toPromise(body));
      body.orTimeout(limits.bodyTime().toMillis(), MILLISECONDS);
    } else {
      body.complete(new byte[0]);
    }
    return body;
  }

  private CompletableFuture<HttpReply> endpoint(Route route, HttpCall call) {
    if (!free.tryAcquire()) {
      return CompletableFuture.completedFuture(
          HttpReply.error(429, limits.requests() + " requests are answered, as many as allowed")
              .retryAfter(HttpErrors.BUSY_SECONDS));
    }
    CompletableFuture<HttpReply> reply;
    try {
      reply = route.endpoint().answer(call);
    } catch (RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    return reply.whenCompleteAsync((done, failure) -> free.release(), threads);
  }

  private HttpReply unread(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException) {
      return HttpReply.error(
          408, "the body did not arrive within " + limits.bodyTime().toSeconds() + " s");
    }
    boolean broken = cause instanceof IOException || cause instanceof HttpException;
    return broken ? HttpReply.error(400, "the body cannot be read") : tooLarge();
  }

  private HttpReply tooLarge() {
    return HttpReply.error(413, "body has more than " + limits.bodyBytes() + " bytes");
  }

  private static void write(
      HttpReply reply, Request request, Response response, Callback callback) {
    response.setStatus(reply.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("Content-Security-Policy", CONTENT_SECURITY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    reply.headers().forEach(headers::put);
    if (reply.status() == 408 || reply.status() == 413) {
      headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    byte[] body = reply.body();
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, head ? null : ByteBuffer.wrap(body), callback);
  }
}
