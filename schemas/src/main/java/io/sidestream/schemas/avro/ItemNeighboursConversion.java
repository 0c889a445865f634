package io.sidestream.schemas.avro;

import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Neighbours of an item. */
final class ItemNeighboursConversion implements Conversion<ItemNeighbours> {
  @Override
  public GenericRecord toAvro(Schema schema, ItemNeighbours neighbours) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("outgoing", neighbours.outgoing());
    avro.put("incoming", neighbours.incoming());
    Schema element = AvroValues.elementOf(schema, "best");
    List<GenericRecord> best = new ArrayList<>(neighbours.best().size());
    for (Neighbour neighbour : neighbours.best()) {
      GenericRecord one = new GenericData.Record(element);
      one.put("item", neighbour.item().value());
      one.put("count", neighbour.count());
      best.add(one);
    }
    avro.put("best", best);
    return avro;
  }

  @Override
  public ItemNeighbours toDomain(AvroFields fields) {
    return new ItemNeighbours(
        fields.number("outgoing"),
        fields.number("incoming"),
        fields.records("best").stream()
            .map(each -> new Neighbour(each.item("item"), each.number("count")))
            .toList());
  }
}
