package io.sidestream.cli.standalone;

import io.sidestream.gateway.GatewayApplication;
import io.sidestream.gateway.GatewayConfig;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the gateway of a system in one process, on free ports where its own are taken. */
final class PageGateway {
  private static final Logger LOG = LoggerFactory.getLogger(PageGateway.class);

  private PageGateway() {}

  static GatewayApplication start(GatewayConfig config) throws IOException {
    try {
      return GatewayApplication.start(config);
    } catch (IOException taken) {
      LOG.warn("{}; a free port is taken instead", ReasonText.of(taken));
      return GatewayApplication.start(config.onFreePorts());
    }
  }
}
