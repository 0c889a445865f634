package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sidestream.client.Generations;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationDecision;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.RolloutPlan;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that decide which generation answers whom, and the one that lists what was decided. */
final class GenerationDecisions {
  private GenerationDecisions() {}

  /** Who decides, and why. */
  static final class AuthorOption {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Mixin ConnectionOption connection;

    @Option(
        names = "--by",
        paramLabel = "NAME",
        defaultValue = "${sys:user.name}",
        description = "Who decides (default: ${DEFAULT-VALUE}).")
    String by;

    @Option(
        names = "--why",
        paramLabel = "SENTENCE",
        defaultValue = "",
        description = "Why; kept with the generation.")
    String why;

    private DecisionAuthor author() {
      return Usage.valid(spec, () -> new DecisionAuthor(by, why, Clock.systemUTC().instant()));
    }

    /** Announces a decision and prints what became of each generation. */
    void decide(Decision decision) {
      DecisionAuthor author = author();
      PrintWriter out = spec.commandLine().getOut();
      new Generations(connection.connection())
          .decide(plan -> decision.on(plan, author))
          .forEach(made -> out.println(line(made)));
    }

    private static String line(GenerationAnnouncement made) {
      return "generation %s is %s: %s"
              .formatted(
                  made.generation(), made.state().name().toLowerCase(Locale.ROOT), made.reason())
          + GenerationsCommand.Listing.rollout(made.rollout());
    }
  }

  /** What is announced. */
  interface Decision {
    List<GenerationAnnouncement> on(RolloutPlan plan, DecisionAuthor author);
  }

  /** A generation named on the command line. */
  static final class GenerationParameter {
    @Parameters(paramLabel = "GENERATION", description = "Number of a candidate.")
    long number;

    Generation generation(CommandSpec spec) {
      return Usage.valid(spec, () -> new Generation(number));
    }
  }

  /** Lets a candidate answer a share of the users. */
  @Command(
      name = "compare",
      description = "Let a candidate answer a share of the users, beside the live generation.",
      mixinStandardHelpOptions = true)
  static final class Compare implements Runnable {
    @Spec CommandSpec spec;
    @Mixin AuthorOption author;
    @Mixin GenerationParameter candidate;

    @Option(
        names = "--share",
        paramLabel = "SHARE",
        required = true,
        description = "Of users, 0 to 1; 0 ends the comparison and keeps the candidate open.")
    double share;

    @Override
    public void run() {
      Generation generation = candidate.generation(spec);
      author.decide((plan, who) -> plan.compare(generation, share, who));
    }
  }

  /** Lets a candidate go live. */
  @Command(
      name = "promote",
      description = "Let a candidate go live.",
      mixinStandardHelpOptions = true)
  static final class Promote implements Runnable {
    @Spec CommandSpec spec;
    @Mixin AuthorOption author;
    @Mixin GenerationParameter candidate;

    @Override
    public void run() {
      Generation generation = candidate.generation(spec);
      author.decide((plan, who) -> plan.promote(generation, who));
    }
  }

  /** Gives a candidate up. */
  @Command(name = "retire", description = "Give a candidate up.", mixinStandardHelpOptions = true)
  static final class Retire implements Runnable {
    @Spec CommandSpec spec;
    @Mixin AuthorOption author;
    @Mixin GenerationParameter candidate;

    @Override
    public void run() {
      Generation generation = candidate.generation(spec);
      author.decide((plan, who) -> plan.retire(generation, who));
    }
  }

  /** Rolls back. */
  @Command(
      name = "rollback",
      description = "Roll back to the generation before the serving one.",
      mixinStandardHelpOptions = true)
  static final class Rollback implements Runnable {
    @Mixin AuthorOption author;

    @Override
    public void run() {
      author.decide((plan, who) -> plan.rollback(who));
    }
  }

  /** Keeps what serves. */
  @Command(
      name = "hold",
      description = "Let no other generation go live by itself, until release.",
      mixinStandardHelpOptions = true)
  static final class Hold implements Runnable {
    @Mixin AuthorOption author;

    @Override
    public void run() {
      author.decide((plan, who) -> plan.hold(who));
    }
  }

  /** Ends a hold. */
  @Command(
      name = "release",
      description = "Let generations go live by themselves again.",
      mixinStandardHelpOptions = true)
  static final class Release implements Runnable {
    @Mixin AuthorOption author;

    @Override
    public void run() {
      author.decide((plan, who) -> plan.release(who));
    }
  }

  /** Prints what was decided. */
  @Command(
      name = "audit",
      description = "List what was decided about generations, oldest first: when, what, who, why.",
      mixinStandardHelpOptions = true)
  static final class Audit implements Runnable {
    @Spec CommandSpec spec;
    @Mixin ConnectionOption connection;
    @Mixin OutputOption output;

    /** One decision on one generation. */
    record Row(Generation generation, GenerationDecision decision) {}

    @Override
    public void run() {
      List<Row> rows = rows(new Generations(connection.connection()).history());
      PrintWriter out = spec.commandLine().getOut();
      if (output.isJson()) {
        out.println(Json.text(json(rows)));
      } else {
        rows.forEach(row -> out.println(line(row)));
      }
    }

    static List<Row> rows(GenerationHistory history) {
      return history.byNumber().stream()
          .flatMap(
              one ->
                  one.rollout().decisions().stream()
                      .map(decision -> new Row(one.generation(), decision)))
          .sorted(Comparator.comparing(row -> row.decision().author().at()))
          .toList();
    }

    static String line(Row row) {
      GenerationDecision decision = row.decision();
      String share =
          decision.share().map(one -> String.format(Locale.ROOT, " %.2f %%", 100 * one)).orElse("");
      return String.format(
          Locale.ROOT,
          "%s  %6s  %-17s  %s%s",
          decision.author().at(),
          row.generation(),
          decision.action().label() + share,
          decision.author().by(),
          decision.author().why().isEmpty() ? "" : ": " + decision.author().why());
    }

    private static ArrayNode json(List<Row> rows) {
      ArrayNode all = Json.array();
      for (Row row : rows) {
        all.addObject()
            .put("at", row.decision().author().at().toString())
            .put("generation", row.generation().number())
            .put("action", row.decision().action().label())
            .put("share", row.decision().share().orElse(null))
            .put("by", row.decision().author().by())
            .put("why", row.decision().author().why());
      }
      return all;
    }
  }
}
