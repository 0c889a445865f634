package io.sidestream.schemas.avro;

import io.sidestream.schemas.Explanation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Explanations, as part of replies. */
final class ExplanationConversion {
  private static final String ATTRIBUTIONS = "attributions";

  private ExplanationConversion() {}

  static GenericRecord toAvro(Schema schema, Explanation explanation) {
    GenericRecord avro = new GenericData.Record(schema);
    Schema element = AvroValues.elementOf(schema, "beams");
    avro.put("beams", explanation.beams().stream().map(one -> beam(element, one)).toList());
    avro.put("weights", explanation.weights());
    avro.put("features", explanation.features());
    if (schema.getField(ATTRIBUTIONS) != null) { // the former schema, of those without
      Schema one = AvroValues.elementOf(schema, ATTRIBUTIONS).getElementType();
      avro.put(
          ATTRIBUTIONS,
          explanation.attributions().stream()
              .map(ofItem -> ofItem.stream().map(each -> attribution(one, each)).toList())
              .toList());
    }
    return avro;
  }

  private static GenericRecord attribution(Schema schema, Explanation.Attribution attribution) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("feature", attribution.feature());
    avro.put("kind", attribution.kind());
    avro.put("name", attribution.name());
    avro.put("value", attribution.value());
    return avro;
  }

  private static GenericRecord beam(Schema schema, Explanation.Beam beam) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("codes", AvroValues.integers(beam.codes()));
    avro.put("logProbability", beam.logProbability());
    avro.put("count", beam.count());
    avro.put("items", AvroValues.items(beam.items()));
    return avro;
  }

  static Explanation toDomain(AvroFields fields) {
    List<Explanation.Beam> beams =
        fields.records("beams").stream().map(ExplanationConversion::beam).toList();
    return new Explanation(
        beams,
        numbers(fields.avro().get("weights")),
        fields.list("features", ExplanationConversion::numbers),
        fields.list(ATTRIBUTIONS, ExplanationConversion::attributions));
  }

  private static List<Explanation.Attribution> attributions(Object ofItem) {
    return ((List<?>) ofItem)
        .stream().map(each -> attribution(new AvroFields((GenericRecord) each))).toList();
  }

  private static Explanation.Attribution attribution(AvroFields fields) {
    return new Explanation.Attribution(
        fields.string("feature"),
        fields.string("kind"),
        fields.string("name"),
        fields.real("value"));
  }

  private static Explanation.Beam beam(AvroFields fields) {
    return new Explanation.Beam(
        fields.integers("codes"),
        fields.real("logProbability"),
        fields.integer("count"),
        fields.items("items"));
  }

  private static Map<String, Double> numbers(Object avro) {
    Map<String, Double> numbers = new TreeMap<>();
    ((Map<?, ?>) avro).forEach((name, value) -> numbers.put(name.toString(), (Double) value));
    return numbers;
  }
}
