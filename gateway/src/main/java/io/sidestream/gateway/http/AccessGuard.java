package io.sidestream.gateway.http;

import io.sidestream.admin.BearerToken;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: everybody on this machine, or who has the token. Without a token the name in a
 * request must be one of this machine's, so that a page of another site cannot ask through a
 * browser here.
 */
public final class AccessGuard {
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Optional<BearerToken> token;

  /**
   * @throws IllegalArgumentException for an address beyond this machine without a token
   */
  public AccessGuard(String host, Optional<String> token) {
    this.token = BearerToken.guarding("gateway.host", host, "gateway.token", token);
  }

  /**
   * The refusal of a request; empty when it may pass.
   *
   * @param host the name in the request, without the port
   * @param authorization the header, null when absent
   */
  Optional<HttpReply> refusal(Route route, String host, @Nullable String authorization) {
    if (token.isEmpty()) {
      return LOCAL_NAMES.contains(host.toLowerCase(Locale.ROOT))
          ? Optional.empty()
          : Optional.of(
              HttpReply.error(
                  403, "host is \"" + host + "\", expected localhost: no token is set"));
    }
    return route.open() || token.get().isIn(authorization)
        ? Optional.empty()
        : Optional.of(
            HttpReply.error(401, "the token is missing or wrong")
                .with("WWW-Authenticate", "Bearer"));
  }
}
