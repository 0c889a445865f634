package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A manifest as JSON, bound by Jackson: fields in a fixed order, maps sorted, so that the same
 * manifest gives the same bytes. Reading is strict: every field, no other, of exactly its type.
 */
final class ManifestJson {
  private static final String FORMAT = "format";

  /** Fields that are absent where they are empty, as in bundles of earlier versions. */
  private static final List<String> OPTIONAL = List.of("expected", "alignment", "warm_start");

  private static final String RANKING = "ranking";
  private static final List<String> OPTIONAL_OF_RANKING = List.of("long_queries");

  /** What follows the fault in a message of Jackson: how to configure it away. */
  private static final Pattern JACKSON_ADVICE =
      Pattern.compile("( \\(but |;|: enable|\\n| \\(set Deser).*", Pattern.DOTALL);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addMixIn(Generation.class, NumberAlone.class)
          .addMixIn(CorpusOffsets.class, EndsAlone.class)
          .addMixIn(Manifest.Provenance.class, RequestFirst.class)
          .addMixIn(Manifest.Quality.class, VerdictFirst.class)
          .addMixIn(Manifest.Shapes.class, Flat.class)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .withCoercionConfig(
              LogicalType.Textual,
              texts -> {
                texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              })
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private ManifestJson() {}

  /** The manifest as UTF-8. */
  static byte[] write(Manifest manifest) {
    checkFinite(manifest);
    ObjectNode root = JSON.createObjectNode().put(FORMAT, Manifest.FORMAT);
    root.setAll((ObjectNode) JSON.valueToTree(manifest));
    removeEmpty(root, OPTIONAL);
    removeEmpty(root.withObject(RANKING), OPTIONAL_OF_RANKING);
    try {
      return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException with the field and what is wrong with it, or another format version
   */
  static Manifest read(byte[] json) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      check(tree != null && tree.isObject(), "is not a JSON object");
      ObjectNode root = (ObjectNode) tree;
      JsonNode format = root.path(FORMAT);
      check(
          format.isInt() && format.intValue() == Manifest.FORMAT,
          "bundle has format %s, expected %d",
          format.isMissingNode() ? "none" : format,
          Manifest.FORMAT);
      addEmpty(root, OPTIONAL);
      if (root.get(RANKING) instanceof ObjectNode ranking) {
        addEmpty(ranking, OPTIONAL_OF_RANKING);
      }
      Manifest manifest = JSON.treeToValue(root.without(FORMAT), Manifest.class);
      checkFinite(manifest);
      return manifest;
    } catch (JsonMappingException e) {
      throw refused(sentence(e), e);
    } catch (JsonProcessingException e) {
      String reason = JACKSON_ADVICE.matcher(e.getOriginalMessage()).replaceFirst("");
      throw refused("is not JSON: " + reason, e);
    } catch (IllegalArgumentException e) {
      throw refused(ReasonText.of(e), e);
    }
  }

  private static void removeEmpty(ObjectNode object, List<String> optional) {
    optional.stream().filter(field -> !object.hasNonNull(field)).forEach(object::remove);
  }

  private static void addEmpty(ObjectNode object, List<String> optional) {
    optional.stream().filter(field -> !object.has(field)).forEach(object::putNull);
  }

  private static IOException refused(String message, Exception cause) {
    return new IOException(BundleFiles.MANIFEST + ": " + message, cause);
  }

  private static String sentence(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException refusal) {
      return ReasonText.of(refusal);
    }
    String field =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "[]" : step.getFieldName())
            .collect(Collectors.joining("."));
    if (e instanceof UnrecognizedPropertyException) {
      return field + " is not a field of a manifest";
    }
    String reason = JACKSON_ADVICE.matcher(e.getOriginalMessage()).replaceFirst("");
    return field + (reason.startsWith("Missing") ? " is missing" : ": " + reason);
  }

  private static void checkFinite(Manifest manifest) {
    checkFinite(manifest.quality().metrics());
    checkFinite(manifest.quality().parity());
    manifest
        .expected()
        .ifPresent(
            expected -> checkFinite(Map.of("quantization_error", expected.quantizationError())));
  }

  private static void checkFinite(Map<String, Double> values) {
    values.forEach(
        (name, value) ->
            check(Double.isFinite(value), "%s is %s, expected a finite number", name, value));
  }

  /** A generation is its number. */
  @SuppressWarnings("UnusedVariable") // Jackson reads the signature alone
  private abstract static class NumberAlone {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    NumberAlone(long number) {}

    @JsonValue
    abstract long number();
  }

  /** Offsets are a map. */
  @SuppressWarnings("UnusedVariable") // Jackson reads the signature alone
  private abstract static class EndsAlone {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    EndsAlone(Map<String, Map<Integer, Long>> ends) {}

    @JsonValue
    abstract Map<String, Map<Integer, Long>> ends();
  }

  @JsonPropertyOrder({"catalogue", "parent", "requestedAtMillis", "seed"})
  private interface RequestFirst {}

  @JsonPropertyOrder({"accepted", "verdict", "metrics", "parity"})
  private interface VerdictFirst {}

  @JsonSerialize(converter = ShapesJson.FromShapes.class)
  @JsonDeserialize(converter = ShapesJson.ToShapes.class)
  private interface Flat {}
}
