package io.sidestream.index.admin;

import io.sidestream.admin.Page;
import io.sidestream.index.serving.GenerationReport;
import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.ServingGeneration;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.ReasonText;
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

/** Admin pages on generations, IDs and items, from the serving generation. */
public final class Lookups {
  private static final Pattern ID = Pattern.compile("(\\d{1,18}):(\\d{1,5}(?:-\\d{1,5}){0,7})");

  private final Serving serving;
  private final Supplier<List<GenerationReport>> reports;

  public Lookups(Serving serving, Supplier<List<GenerationReport>> reports) {
    this.serving = serving;
    this.reports = reports;
  }

  /** The pages by path, as the admin server takes them. */
  public Map<String, Function<String, Page>> pages() {
    return Map.of("/generations", path -> generations(), "/ids/", this::id, "/items/", this::item);
  }

  /** Every announced generation: state, role here, reason. */
  Page generations() {
    return Page.json(200, reports.get().stream().map(Lookups::row).toList());
  }

  private static Map<String, Object> row(GenerationReport report) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("generation", report.announcement().generation().number());
    row.put("state", report.announcement().state().name());
    row.put("role", report.role().label());
    row.put("reason", report.reason());
    row.put("announced_at", report.announcement().announcedAt().toString());
    row.put("manifest_sha256", report.announcement().manifestSha256());
    row.put("metrics", report.announcement().metrics());
    return row;
  }

  /** The items that share an ID, written as in replies: {@code 12:17-203}. */
  Page id(String text) {
    Matcher parts = ID.matcher(text);
    if (!parts.matches()) {
      return Page.error(
          400, "id is \"" + text + "\", expected generation:code-code, for example 12:17-203");
    }
    try {
      int[] codes = Arrays.stream(parts.group(2).split("-")).mapToInt(Integer::parseInt).toArray();
      SemanticId id = new SemanticId(new Generation(Long.parseLong(parts.group(1))), codes);
      return withServing(now -> itemsOf(id, now));
    } catch (IllegalArgumentException e) {
      return Page.error(400, ReasonText.of(e));
    }
  }

  private static Page itemsOf(SemanticId id, ServingGeneration now) {
    if (!id.generation().equals(now.generation())) {
      return Page.error(404, "id " + id + " is not of the serving generation, " + now.generation());
    }
    List<String> items = now.catalogue().itemsBehind(id).stream().map(ItemId::value).toList();
    return items.isEmpty()
        ? Page.error(404, "no item has id " + id)
        : Page.json(200, Map.of("id", id.toString(), "items", items));
  }

  /** The ID of an item in the serving generation. */
  Page item(String text) {
    try {
      ItemId item = new ItemId(text);
      return withServing(now -> idOf(item, now));
    } catch (IllegalArgumentException e) {
      return Page.error(400, ReasonText.of(e));
    }
  }

  private static Page idOf(ItemId item, ServingGeneration now) {
    Catalogue catalogue = now.catalogue();
    OptionalInt row = catalogue.row(item);
    return row.isEmpty()
        ? Page.error(404, "item " + item + " is not in generation " + now.generation())
        : Page.json(
            200, Map.of("item", item.value(), "id", catalogue.id(row.getAsInt()).toString()));
  }

  private Page withServing(Function<ServingGeneration, Page> lookup) {
    try (Lease lease = serving.acquire()) {
      return lease
          .generation()
          .map(lookup)
          .orElseGet(() -> Page.error(503, "no generation is loaded yet"));
    }
  }
}
