package io.sidestream.gateway.http;

import static io.sidestream.schemas.Checks.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
  private static final String SCHEME = "bearer ";
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Fewest characters of a token. */
  public static final int MIN_TOKEN = 16;

  private final Optional<byte[]> token;

  /**
   * @throws IllegalArgumentException for an address beyond this machine without a token
   */
  public AccessGuard(String host, Optional<String> token) {
    check(
        token.isPresent() || isLoopback(host),
        "gateway.host is %s without gateway.token, expected a token, or 127.0.0.1",
        host);
    check(
        token.isEmpty() || token.get().length() >= MIN_TOKEN,
        "gateway.token has %d characters, expected %d or more",
        token.map(String::length).orElse(0),
        MIN_TOKEN);
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("gateway.host " + host + " is not known", e);
    }
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
    return route.open() || isToken(authorization, token.get())
        ? Optional.empty()
        : Optional.of(
            HttpReply.error(401, "the token is missing or wrong")
                .with("WWW-Authenticate", "Bearer"));
  }

  private static boolean isToken(@Nullable String authorization, byte[] expected) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
            expected);
  }
}
