package io.sidestream.gateway.http;

import static io.sidestream.schemas.Checks.check;

/**
 * A path and what answers it.
 *
 * @param path for example {@code /search}, or {@code /items/{id}} with one segment that varies
 * @param open whether it needs no token
 */
public record Route(Method method, String path, boolean open, Endpoint endpoint) {
  /** The methods that routes have. */
  public enum Method {
    GET(false),
    POST(true),
    PUT(true),
    DELETE(false);

    private final boolean body;

    Method(boolean body) {
      this.body = body;
    }

    boolean hasBody() {
      return body;
    }
  }

  private static final String VARIABLE = "/{id}";

  public Route {
    check(path.startsWith("/"), "path is %s, expected it to begin with a slash", path);
  }

  /** Whether a raw path is this route's. */
  boolean matches(String raw) {
    if (!path.endsWith(VARIABLE)) {
      return raw.equals(path);
    }
    String fixed = fixed();
    return raw.startsWith(fixed)
        && raw.length() > fixed.length()
        && raw.indexOf('/', fixed.length()) < 0;
  }

  /** The raw segment that varies; empty where none does. */
  String variable(String raw) {
    return path.endsWith(VARIABLE) ? raw.substring(fixed().length()) : "";
  }

  private String fixed() {
    return path.substring(0, path.length() - VARIABLE.length() + 1);
  }
}
