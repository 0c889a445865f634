package io.sidestream.ingest.cluster;

import io.sidestream.schemas.UserErrorException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The job jar that is built with this program: {@code jobs/} lies beside {@code lib/}. */
public final class JobJar {
  private static final Path BESIDE_LIB = Path.of("..", "..", "jobs", "sidestream-jobs.jar");

  private JobJar() {}

  /** Where it is, if this program was started from its {@code lib/}. */
  public static Path ofThisProgram() {
    try {
      Path library =
          Path.of(JobJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return library.resolve(BESIDE_LIB).normalize();
    } catch (URISyntaxException e) {
      throw new UserErrorException(e, "the place of this program is not a path");
    }
  }
}
