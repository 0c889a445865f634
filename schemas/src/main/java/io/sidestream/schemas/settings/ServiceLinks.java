package io.sidestream.schemas.settings;

import java.util.regex.Pattern;

/**
 * The environment variables that Kubernetes gives every container of a namespace for each of its
 * services: those of a service called {@code sidestream}, or {@code sidestream-index}, begin like
 * variables of settings.
 */
final class ServiceLinks {
  private static final Pattern NAME =
      Pattern.compile(
          ".+_SERVICE_HOST|.+_SERVICE_PORT(_.+)?|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?");

  /** The whole address of a service, in a variable that may also be a setting's. */
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ServiceLinks() {}

  /** Whether a variable is one of a service, and no setting that a user wrote. */
  static boolean isOne(String variable, String value) {
    return NAME.matcher(variable).matches()
        || (variable.endsWith("_PORT") && ADDRESS.matcher(value).matches());
  }
}
