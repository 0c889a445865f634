package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.client.Generations;
import io.sidestream.learning.evaluation.Metrics;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.Rollout;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands on generations. */
@Command(
    name = "generations",
    description = "List generations, compare two, and decide which one serves.",
    mixinStandardHelpOptions = true,
    subcommands = {
      GenerationsCommand.Listing.class,
      GenerationDecisions.Compare.class,
      GenerationDecisions.Promote.class,
      GenerationDecisions.Retire.class,
      GenerationDecisions.Rollback.class,
      GenerationDecisions.Hold.class,
      GenerationDecisions.Release.class,
      GenerationDecisions.Audit.class
    })
final class GenerationsCommand {
  /** Prints all generations. */
  @Command(
      name = "list",
      description = "List all generations with their state, oldest first.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Runnable {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin OutputOption output;

    @Override
    public void run() {
      GenerationHistory history = new Generations(connection.connection()).history();
      PrintWriter out = spec.commandLine().getOut();
      if (output.isJson()) {
        out.println(Json.text(json(history)));
      } else {
        history.byNumber().forEach(announcement -> out.println(line(announcement, history)));
      }
    }

    static String line(GenerationAnnouncement announcement, GenerationHistory history) {
      return String.format(
          Locale.ROOT,
          "%s %6s  %-9s  %s  %s%s%s%s",
          isServing(announcement, history) ? "*" : " ",
          announcement.generation(),
          announcement.state().name().toLowerCase(Locale.ROOT),
          announcement.announcedAt(),
          announcement.reason(),
          ids(announcement.metrics()),
          kept(announcement),
          rollout(announcement.rollout()));
    }

    /** How far it is let to users, where that was decided. */
    static String rollout(Rollout rollout) {
      String share =
          rollout
              .share()
              .map(one -> String.format(Locale.ROOT, "; answers %.2f %% of the users", 100 * one))
              .orElse("");
      return rollout.held() ? share + "; held: no other goes live by itself" : share;
    }

    /** How its Semantic IDs are used and shared; blank where nothing is known. */
    private static String ids(Map<String, Double> metrics) {
      List<String> levels = new ArrayList<>();
      for (Double share = metrics.get(Metrics.relativePerplexity(0));
          share != null;
          share = metrics.get(Metrics.relativePerplexity(levels.size()))) {
        levels.add(String.format(Locale.ROOT, "%.0f %%", 100 * share));
      }
      Double shared = metrics.get(Metrics.COLLISION_RATE);
      Double largest = metrics.get(Metrics.LARGEST_COLLISION);
      return levels.isEmpty() || shared == null || largest == null
          ? ""
          : String.format(
              Locale.ROOT,
              "; codes in use by level %s; %.1f %% of the items share their ID, %.1f %% the most"
                  + " shared",
              String.join(", ", levels),
              100 * shared,
              100 * largest);
    }

    /** What items keep of the IDs of the generation before; blank where nothing is known. */
    private static String kept(GenerationAnnouncement announcement) {
      Double codes = announcement.metrics().get(Metrics.keptCodes(0));
      Double ids = announcement.metrics().get(Metrics.KEPT_IDS);
      if (codes == null || ids == null || announcement.parent().isEmpty()) {
        return "";
      }
      return String.format(
          Locale.ROOT,
          "; of generation %s, %.0f %% of the items keep the first code, %.0f %% the ID",
          announcement.parent().get(),
          100 * codes,
          100 * ids);
    }

    private static ArrayNode json(GenerationHistory history) {
      ArrayNode all = Json.array();
      for (GenerationAnnouncement announcement : history.byNumber()) {
        ObjectNode node = all.addObject();
        node.put("generation", announcement.generation().number());
        node.put("state", announcement.state().name());
        node.put("serving", isServing(announcement, history));
        node.put("share", announcement.rollout().share().orElse(null));
        node.put("held", announcement.rollout().held());
        node.put("reason", announcement.reason());
        node.put("manifest_sha256", announcement.manifestSha256());
        node.put("parent", announcement.parent().map(Generation::number).orElse(null));
        node.put("announced_at", announcement.announcedAt().toString());
        announcement.metrics().forEach(node.putObject("metrics")::put);
      }
      return all;
    }

    private static boolean isServing(
        GenerationAnnouncement announcement, GenerationHistory history) {
      return history
          .serving()
          .map(GenerationAnnouncement::generation)
          .equals(Optional.of(announcement.generation()));
    }
  }
}
