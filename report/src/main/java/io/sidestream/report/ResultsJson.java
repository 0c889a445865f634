package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Findings as JSON: fields in the order of the records, so that the same findings give the same
 * bytes. Reading is strict: a field that is missing, unknown or of another type is refused.
 */
public final class ResultsJson {
  /** The version of the layout; a reader knows one. */
  public static final int SCHEMA = 1;

  private static final String SCHEMA_FIELD = "schema";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addMixIn(Chart.class, ChartByKind.class)
          .addMixIn(Cell.class, CellByKind.class)
          .addMixIn(Point.class, AsArray.class)
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private ResultsJson() {}

  /** The findings as UTF-8. */
  public static byte[] write(Findings findings) {
    ObjectNode root = JSON.createObjectNode().put(SCHEMA_FIELD, SCHEMA);
    root.setAll((ObjectNode) JSON.valueToTree(findings));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return (JSON.writer(printer).writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /**
   * The findings that these bytes are.
   *
   * @throws IOException when they are not JSON, of another schema version, or break a limit
   */
  public static Findings read(byte[] json) throws IOException {
    try {
      JsonNode root = JSON.readTree(json);
      check(root != null && root.isObject(), "results are not a JSON object");
      ObjectNode fields = (ObjectNode) root;
      JsonNode schema = fields.remove(SCHEMA_FIELD);
      check(schema != null && schema.isInt(), "results lack %s, expected %d", SCHEMA_FIELD, SCHEMA);
      check(
          schema.intValue() == SCHEMA,
          "results have schema version %d, expected %d",
          schema.intValue(),
          SCHEMA);
      return JSON.treeToValue(fields, Findings.class);
    } catch (JsonProcessingException e) {
      throw new IOException("results cannot be read: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A chart carries the name of its case. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Scatter.class, name = "scatter"),
    @JsonSubTypes.Type(value = Space.class, name = "space"),
    @JsonSubTypes.Type(value = Lines.class, name = "lines"),
    @JsonSubTypes.Type(value = Bars.class, name = "bars"),
    @JsonSubTypes.Type(value = Histogram.class, name = "histogram")
  })
  private interface ChartByKind {}

  /** A cell carries the name of its case. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Cell.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Cell.Count.class, name = "count"),
    @JsonSubTypes.Type(value = Cell.Absent.class, name = "absent")
  })
  private interface CellByKind {}

  /** A point takes as little room as two numbers. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface AsArray {}
}
