package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A manifest as JSON: fields in a fixed order, maps sorted, one line break, so that the same
 * manifest gives the same bytes. Reading is strict about what must be there and what a number is.
 */
public final class ManifestJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ManifestJson() {}

  /** The manifest as UTF-8. */
  public static byte[] write(Manifest manifest) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", Manifest.FORMAT);
    root.put("generation", manifest.generation().number());
    root.set("shapes", shapes(manifest.shapes()));
    root.set("ranking", ranking(manifest.ranking()));
    root.set("provenance", provenance(manifest.provenance()));
    root.set("quality", quality(manifest.quality()));
    ArrayNode probes = root.putArray("probes");
    for (Manifest.Probe probe : manifest.probes()) {
      ArrayNode codes = probes.addObject().put("text", probe.text()).putArray("codes");
      probe.codes().forEach(codes::add);
    }
    ObjectNode files = root.putObject("files");
    manifest
        .files()
        .forEach(
            (name, entry) ->
                files.putObject(name).put("sha256", entry.sha256()).put("bytes", entry.bytes()));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return (JSON.writer(printer).writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  private static ObjectNode shapes(Manifest.Shapes shapes) {
    GeneratorShape generator = shapes.generator();
    ObjectNode node = JSON.createObjectNode();
    node.put("template", shapes.template());
    node.put("text_dimensions", shapes.textDimensions());
    node.put("max_pieces", shapes.maxPieces());
    node.put("vector_dimensions", shapes.vectorDimensions());
    node.put("collaborative_dimensions", shapes.collaborativeDimensions());
    node.put("levels", shapes.codebook().levels());
    node.put("width", shapes.codebook().width());
    node.put("items", shapes.items());
    node.putObject("generator")
        .put("vocabulary", generator.vocabulary())
        .put("model_dimensions", generator.modelDimensions())
        .put("layers", generator.layers())
        .put("heads", generator.heads())
        .put("feed_forward_dimensions", generator.feedForwardDimensions())
        .put("max_tokens", generator.maxTokens());
    return node;
  }

  private static ObjectNode ranking(Manifest.Ranking ranking) {
    ObjectNode node = JSON.createObjectNode();
    node.set("search", weights(ranking.search()));
    node.set("recommendation", weights(ranking.recommendation()));
    node.put("beams", ranking.beams());
    node.put("candidates", ranking.candidates());
    node.put("history_items", ranking.historyItems());
    return node;
  }

  private static ObjectNode weights(RankingWeights weights) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("generator", weights.generator())
            .put("dense", weights.dense())
            .put("popularity", weights.popularity())
            .put("temperature", weights.temperature());
    putWhereNot0(node, "fresh", weights.fresh());
    putWhereNot0(node, "past", weights.past());
    return node;
  }

  private static void putWhereNot0(ObjectNode node, String name, double weight) {
    if (weight != 0) {
      node.put(name, weight);
    }
  }

  private static ObjectNode provenance(Manifest.Provenance provenance) {
    ObjectNode node = JSON.createObjectNode();
    node.put("catalogue", provenance.catalogue());
    provenance.parent().ifPresent(parent -> node.put("parent", parent.number()));
    node.put("requested_at_millis", provenance.requestedAtMillis());
    node.put("seed", provenance.seed());
    ObjectNode corpus = node.putObject("corpus");
    provenance
        .corpus()
        .ends()
        .forEach(
            (topic, ends) -> {
              ObjectNode partitions = corpus.putObject(topic);
              ends.forEach((partition, end) -> partitions.put(partition.toString(), end));
            });
    texts(node.putObject("settings"), provenance.settings());
    texts(node.putObject("versions"), provenance.versions());
    return node;
  }

  private static ObjectNode quality(Manifest.Quality quality) {
    ObjectNode node = JSON.createObjectNode();
    node.put("accepted", quality.accepted());
    node.put("verdict", quality.verdict());
    numbers(node.putObject("metrics"), quality.metrics());
    numbers(node.putObject("parity"), quality.parity());
    return node;
  }

  private static void texts(ObjectNode node, Map<String, String> values) {
    values.forEach(node::put);
  }

  private static void numbers(ObjectNode node, Map<String, Double> values) {
    values.forEach(
        (name, value) -> {
          check(Double.isFinite(value), "%s is %s, expected a finite number", name, value);
          node.put(name, value);
        });
  }

  /**
   * The manifest that these bytes are.
   *
   * @throws IOException when they are not JSON, of another format version, or break a limit
   */
  public static Manifest read(byte[] json) throws IOException {
    try {
      JsonNode root = JSON.readTree(json);
      check(root != null && root.isObject(), "is not a JSON object");
      Fields fields = new Fields(root);
      int format = fields.integer("format");
      check(
          format == Manifest.FORMAT, "bundle has format %d, expected %d", format, Manifest.FORMAT);
      return new Manifest(
          new Generation(fields.number("generation")),
          shapes(fields.object("shapes")),
          ranking(fields.object("ranking")),
          provenance(fields.object("provenance")),
          quality(fields.object("quality")),
          probes(fields.array("probes")),
          fields.object("files").map(ManifestJson::file));
    } catch (JsonProcessingException e) {
      throw new IOException(BundleFiles.MANIFEST + ": is not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(BundleFiles.MANIFEST + ": " + e.getMessage(), e);
    }
  }

  private static Manifest.Shapes shapes(Fields fields) {
    CodebookShape codebook = new CodebookShape(fields.integer("levels"), fields.integer("width"));
    Fields generator = fields.object("generator");
    return new Manifest.Shapes(
        fields.text("template"),
        fields.integer("text_dimensions"),
        fields.integer("max_pieces"),
        fields.integer("vector_dimensions"),
        fields.integer("collaborative_dimensions"),
        codebook,
        new GeneratorShape(
            codebook,
            generator.integer("vocabulary"),
            fields.integer("vector_dimensions"),
            generator.integer("model_dimensions"),
            generator.integer("layers"),
            generator.integer("heads"),
            generator.integer("feed_forward_dimensions"),
            generator.integer("max_tokens")),
        fields.integer("items"));
  }

  private static Manifest.Ranking ranking(Fields fields) {
    return new Manifest.Ranking(
        weights(fields.object("search")),
        weights(fields.object("recommendation")),
        fields.integer("beams"),
        fields.integer("candidates"),
        fields.integer("history_items"));
  }

  private static RankingWeights weights(Fields fields) {
    return new RankingWeights(
        fields.real("generator"),
        fields.real("dense"),
        fields.real("popularity"),
        fields.real("temperature"),
        realOr0(fields, "fresh"),
        realOr0(fields, "past"));
  }

  /** Earlier manifests do not have every weight. */
  private static double realOr0(Fields fields, String name) {
    return fields.has(name) ? fields.real(name) : 0;
  }

  private static Manifest.Provenance provenance(Fields fields) {
    return new Manifest.Provenance(
        fields.text("catalogue"),
        fields.has("parent")
            ? Optional.of(new Generation(fields.number("parent")))
            : Optional.empty(),
        new CorpusOffsets(fields.object("corpus").map(ManifestJson::partitions)),
        fields.number("requested_at_millis"),
        fields.number("seed"),
        fields.object("settings").map(Fields::text),
        fields.object("versions").map(Fields::text));
  }

  private static Map<Integer, Long> partitions(JsonNode node) {
    Map<Integer, Long> ends = new TreeMap<>();
    new Fields(node)
        .map(Fields::number)
        .forEach((partition, end) -> ends.put(Integer.valueOf(partition), end));
    return ends;
  }

  private static Manifest.Quality quality(Fields fields) {
    return new Manifest.Quality(
        fields.object("metrics").map(Fields::real),
        fields.object("parity").map(Fields::real),
        fields.flag("accepted"),
        fields.text("verdict"));
  }

  private static List<Manifest.Probe> probes(JsonNode array) {
    List<Manifest.Probe> probes = new ArrayList<>();
    for (JsonNode node : array) {
      Fields fields = new Fields(node);
      List<Integer> codes = new ArrayList<>();
      fields.array("codes").forEach(code -> codes.add(Math.toIntExact(Fields.number(code))));
      probes.add(new Manifest.Probe(fields.text("text"), codes));
    }
    return probes;
  }

  private static Manifest.FileEntry file(JsonNode node) {
    Fields fields = new Fields(node);
    return new Manifest.FileEntry(fields.text("sha256"), fields.number("bytes"));
  }

  /** The fields of one JSON object, each of which must be there and of its type. */
  private record Fields(JsonNode node) {
    boolean has(String name) {
      return node.hasNonNull(name);
    }

    JsonNode field(String name) {
      check(has(name), "lacks %s", name);
      return node.get(name);
    }

    Fields object(String name) {
      check(field(name).isObject(), "%s is not an object", name);
      return new Fields(field(name));
    }

    JsonNode array(String name) {
      check(field(name).isArray(), "%s is not a list", name);
      return field(name);
    }

    String text(String name) {
      return text(field(name));
    }

    static String text(JsonNode value) {
      check(value.isTextual(), "%s is not a text", value);
      return value.textValue();
    }

    boolean flag(String name) {
      check(field(name).isBoolean(), "%s is neither true nor false", name);
      return field(name).booleanValue();
    }

    int integer(String name) {
      long value = number(name);
      check(value == (int) value, "%s is %d, which is no int", name, value);
      return (int) value;
    }

    long number(String name) {
      return number(field(name));
    }

    static long number(JsonNode value) {
      check(value.canConvertToLong() && value.isIntegralNumber(), "%s is not an integer", value);
      return value.longValue();
    }

    double real(String name) {
      return real(field(name));
    }

    static double real(JsonNode value) {
      check(value.isNumber(), "%s is not a number", value);
      return value.doubleValue();
    }

    <T> Map<String, T> map(Function<JsonNode, T> read) {
      Map<String, T> values = new TreeMap<>();
      node.properties().forEach(entry -> values.put(entry.getKey(), read.apply(entry.getValue())));
      return values;
    }
  }
}
