package io.sidestream.schemas.avro;

import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Pair counts; the pair is a union of its two cases. */
final class PairCountConversion implements Conversion<PairCount> {
  private static final String ITEM_ITEM = "ItemItem";
  private static final String QUERY_ITEM = "QueryItem";

  @Override
  public GenericRecord toAvro(Schema schema, PairCount count) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put(
        "pair",
        count
            .pair()
            .<GenericRecord>fold(items -> items(schema, items), query -> query(schema, query)));
    avro.put("total", count.total());
    return avro;
  }

  private static GenericRecord items(Schema schema, Pair.ItemItem pair) {
    GenericRecord avro = new GenericData.Record(AvroValues.caseOf(schema, "pair", ITEM_ITEM));
    avro.put("low", pair.low().value());
    avro.put("high", pair.high().value());
    return avro;
  }

  private static GenericRecord query(Schema schema, Pair.QueryItem pair) {
    GenericRecord avro = new GenericData.Record(AvroValues.caseOf(schema, "pair", QUERY_ITEM));
    avro.put("query", pair.query());
    avro.put("item", pair.item().value());
    return avro;
  }

  @Override
  public PairCount toDomain(AvroFields fields) {
    AvroFields pair = fields.record("pair");
    boolean items = pair.typeName().equals(ITEM_ITEM);
    return new PairCount(
        items
            ? new Pair.ItemItem(pair.item("low"), pair.item("high"))
            : new Pair.QueryItem(pair.string("query"), pair.item("item")),
        fields.number("total"));
  }
}
