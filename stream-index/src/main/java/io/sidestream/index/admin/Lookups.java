package io.sidestream.index.admin;

import io.sidestream.index.serving.GenerationReport;
import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.ServingGeneration;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers questions about generations, IDs and items from what serves now. */
public final class Lookups {
  private static final Pattern ID = Pattern.compile("(\\d{1,18}):(\\d{1,5}(?:-\\d{1,5}){0,7})");

  private final Serving serving;
  private final Supplier<List<GenerationReport>> reports;

  public Lookups(Serving serving, Supplier<List<GenerationReport>> reports) {
    this.serving = serving;
    this.reports = reports;
  }

  /** Every generation announced: state, role here, and why. */
  Page generations() {
    return Page.json(200, reports.get().stream().map(Lookups::shown).toList());
  }

  private static Map<String, Object> shown(GenerationReport report) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("generation", report.announcement().generation().number());
    shown.put("state", report.announcement().state().name());
    shown.put("role", report.role().label());
    shown.put("reason", report.reason());
    shown.put("announced_at", report.announcement().announcedAt().toString());
    shown.put("manifest_sha256", report.announcement().manifestSha256());
    shown.put("metrics", report.announcement().metrics());
    return shown;
  }

  /** The items behind an ID, written as in replies: {@code 12:17-203}. */
  Page id(String text) {
    Matcher parts = ID.matcher(text);
    if (!parts.matches()) {
      return Page.error(
          400, "id is \"" + text + "\", expected generation:code-code, for example 12:17-203");
    }
    try {
      int[] codes = Arrays.stream(parts.group(2).split("-")).mapToInt(Integer::parseInt).toArray();
      SemanticId id = new SemanticId(new Generation(Long.parseLong(parts.group(1))), codes);
      return ask(now -> behind(id, now));
    } catch (IllegalArgumentException e) {
      return Page.error(400, e.getMessage());
    }
  }

  private static Page behind(SemanticId id, ServingGeneration now) {
    if (!id.generation().equals(now.generation())) {
      return Page.error(
          404,
          "id "
              + id
              + " is of generation "
              + id.generation()
              + ", generation "
              + now.generation()
              + " serves");
    }
    List<String> items = now.catalogue().itemsBehind(id).stream().map(ItemId::value).toList();
    return items.isEmpty()
        ? Page.error(404, "no item has id " + id)
        : Page.json(200, Map.of("id", id.toString(), "items", items));
  }

  /** The ID of an item in the generation that serves. */
  Page item(String text) {
    try {
      ItemId item = new ItemId(text);
      return ask(now -> place(item, now));
    } catch (IllegalArgumentException e) {
      return Page.error(400, e.getMessage());
    }
  }

  private static Page place(ItemId item, ServingGeneration now) {
    Catalogue catalogue = now.catalogue();
    OptionalInt row = catalogue.row(item);
    return row.isEmpty()
        ? Page.error(404, "item " + item + " is not in generation " + now.generation())
        : Page.json(
            200, Map.of("item", item.value(), "id", catalogue.id(row.getAsInt()).toString()));
  }

  private Page ask(Function<ServingGeneration, Page> question) {
    try (Lease lease = serving.acquire()) {
      return lease
          .generation()
          .map(question)
          .orElseGet(() -> Page.error(503, "no generation is loaded yet"));
    }
  }
}
