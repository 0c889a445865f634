package io.sidestream.benchmarks.requests;

import io.sidestream.index.IndexApplication;
import io.sidestream.index.IndexConfig;
import io.sidestream.schemas.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The index process as it ships, with settings as arguments. */
public final class IndexServer {
  private static final int POLL_MILLIS = 50;

  private IndexServer() {}

  /**
   * Answers until it is killed.
   *
   * @param arguments settings as key=value
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (String argument : List.of(arguments)) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    IndexApplication index = IndexApplication.start(IndexConfig.from(Settings.of(settings)));
    while (!index.isReady()) {
      Thread.sleep(POLL_MILLIS);
    }
    System.out.println(ServerProcess.READY + index.adminPort());
    index.awaitStopped();
  }
}
