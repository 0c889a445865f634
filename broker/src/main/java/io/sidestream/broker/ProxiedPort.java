package io.sidestream.broker;

/**
 * A port of a broker to which some clients come through another one, as through a proxy: the broker
 * tells these clients to connect there.
 *
 * @param port where the broker listens, on 127.0.0.1
 * @param proxy where clients connect
 */
public record ProxiedPort(int port, int proxy) {
  String listener() {
    return "PROXIED" + port;
  }
}
