package io.sidestream.admin;

import static io.sidestream.schemas.Checks.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What requests carry as {@code Authorization: Bearer}. It is not shown, and compared in full. */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";
  private static final Pattern CHARACTERS = Pattern.compile("[\\x21-\\x7e]*");

  /** Fewest characters of a token. */
  public static final int MIN_LENGTH = 16;

  private final byte[] token;

  private BearerToken(String token) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The token of a setting.
   *
   * @param key of the setting
   */
  public static BearerToken of(String key, String token) {
    check(
        token.length() >= MIN_LENGTH,
        "%s has %d characters, expected %d or more",
        key,
        token.length(),
        MIN_LENGTH);
    check(
        CHARACTERS.matcher(token).matches(),
        "%s has other characters than a header's, expected visible ASCII without spaces",
        key);
    return new BearerToken(token);
  }

  /**
   * The token that guards an address, where one is set.
   *
   * @throws IllegalArgumentException for an address beyond this machine without a token
   */
  public static Optional<BearerToken> guarding(
      String hostKey, String host, String key, Optional<String> token) {
    check(
        token.isPresent() || isLoopback(hostKey, host),
        "%s is %s without %s, expected a token, or 127.0.0.1",
        hostKey,
        host,
        key);
    return token.map(text -> of(key, text));
  }

  private static boolean isLoopback(String hostKey, String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(hostKey + " " + host + " is not known", e);
    }
  }

  /**
   * Whether a request carries this token, in time that does not tell how much of it is right.
   *
   * @param authorization the header, null when absent
   */
  public boolean isIn(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
            token);
  }

  /** The value of the header {@code Authorization}. */
  public String header() {
    return SCHEME + new String(token, StandardCharsets.US_ASCII);
  }
}
