package io.sidestream.schemas.avro;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.Selection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The fields of a request that the former schema does not have, {@link Selection} among them. */
final class SelectionFields {
  private static final String EXPLAIN = "explain";
  private static final String FILTERS = "filters";
  private static final String OFFSET = "offset";
  private static final String DIVERSITY = "diversity";
  private static final String BOOSTS = "boosts";
  private static final String ADDEND = "addend";
  private static final String GENERATION = "generation";

  private SelectionFields() {}

  static void put(GenericRecord avro, boolean explain) {
    if (avro.getSchema().getField(EXPLAIN) != null) {
      avro.put(EXPLAIN, explain);
    }
  }

  static void put(GenericRecord avro, Selection selection) {
    if (avro.getSchema().getField(FILTERS) == null) {
      return;
    }
    Schema element = AvroValues.elementOf(avro.getSchema(), FILTERS);
    avro.put(FILTERS, selection.filters().stream().map(one -> filter(element, one)).toList());
    avro.put(OFFSET, selection.offset());
    avro.put(DIVERSITY, selection.diversity());
    Schema ofBoosts = AvroValues.elementOf(avro.getSchema(), BOOSTS);
    avro.put(BOOSTS, selection.boosts().stream().map(one -> boost(ofBoosts, one)).toList());
    avro.put(GENERATION, selection.generation().map(Generation::number).orElse(null));
  }

  private static GenericRecord filter(Schema schema, ItemFilter filter) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("attribute", filter.attribute());
    avro.put("anyOf", List.copyOf(filter.anyOf()));
    avro.put("noneOf", List.copyOf(filter.noneOf()));
    avro.put("atLeast", filter.atLeast().orElse(null));
    avro.put("atMost", filter.atMost().orElse(null));
    return avro;
  }

  private static GenericRecord boost(Schema schema, ItemBoost boost) {
    GenericRecord avro = filter(schema, boost.condition());
    avro.put(ADDEND, boost.addend());
    return avro;
  }

  static Selection read(AvroFields fields) {
    return new Selection(
        fields.records(FILTERS).stream().map(SelectionFields::filter).toList(),
        fields.integer(OFFSET),
        fields.real(DIVERSITY),
        fields.records(BOOSTS).stream()
            .map(boost -> new ItemBoost(filter(boost), boost.real(ADDEND)))
            .toList(),
        fields.optional(GENERATION, number -> new Generation((Long) number)));
  }

  private static ItemFilter filter(AvroFields fields) {
    return new ItemFilter(
        fields.string("attribute"),
        fields.list("anyOf", Object::toString),
        fields.list("noneOf", Object::toString),
        fields.optional("atLeast", Double.class::cast),
        fields.optional("atMost", Double.class::cast));
  }
}
