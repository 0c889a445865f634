package io.sidestream.gateway.api;

import io.sidestream.gateway.http.HttpReply;
import io.sidestream.gateway.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The page and its parts, from the jar. They hold nothing of the system, so they need no token. */
final class PageFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Path → file. */
  private static final Map<String, String> FILES = files();

  private PageFiles() {}

  private static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("/", "index.html");
    files.put("/icon.svg", "icon.svg");
    files.put("/openapi.json", "openapi.json");
    for (String style : List.of("page", "parts")) {
      files.put("/" + style + ".css", style + ".css");
    }
    for (String script :
        List.of("app", "ask", "answers", "beams", "system", "ids", "metrics", "dom")) {
      files.put("/" + script + ".js", script + ".js");
    }
    return files;
  }

  static List<Route> routes() {
    return FILES.entrySet().stream().map(one -> route(one.getKey(), one.getValue())).toList();
  }

  private static Route route(String path, String file) {
    HttpReply reply = new HttpReply(200, type(file), bytes(file), Map.of());
    return new Route(
        Route.Method.GET, path, true, call -> CompletableFuture.completedFuture(reply));
  }

  private static String type(String file) {
    String extension = file.substring(file.lastIndexOf('.') + 1);
    return switch (extension) {
      case "html" -> HTML;
      case "css" -> CSS;
      case "js" -> SCRIPT;
      case "svg" -> "image/svg+xml";
      default -> "application/json";
    };
  }

  private static byte[] bytes(String file) {
    try (InputStream in =
        PageFiles.class.getResourceAsStream("/io/sidestream/gateway/page/" + file)) {
      if (in == null) {
        throw new IllegalStateException("class path has no page/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
