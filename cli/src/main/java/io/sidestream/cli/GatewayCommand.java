package io.sidestream.cli;

import io.sidestream.gateway.GatewayApplication;
import io.sidestream.gateway.GatewayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the HTTP gateway. */
@Command(
    name = "gateway",
    description = "Run the HTTP gateway and its page.",
    mixinStandardHelpOptions = true)
final class GatewayCommand implements ProcessCommand {
  @Spec CommandSpec spec;
  @Mixin ApplicationOption application;

  @Override
  public Integer call() {
    return application.run(
        "gateway",
        spec,
        settings -> GatewayApplication.start(GatewayConfig.from(settings)),
        GatewayApplication::awaitStopped);
  }
}
