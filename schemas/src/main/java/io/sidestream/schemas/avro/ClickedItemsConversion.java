package io.sidestream.schemas.avro;

import io.sidestream.schemas.pairs.ClickedItem;
import io.sidestream.schemas.pairs.ClickedItems;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Items clicked after a query. */
final class ClickedItemsConversion implements Conversion<ClickedItems> {
  @Override
  public GenericRecord toAvro(Schema schema, ClickedItems clicked) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("clicks", clicked.clicks());
    Schema element = AvroValues.elementOf(schema, "best");
    List<GenericRecord> best = new ArrayList<>(clicked.best().size());
    for (ClickedItem item : clicked.best()) {
      GenericRecord one = new GenericData.Record(element);
      one.put("item", item.item().value());
      one.put("clicks", item.clicks());
      best.add(one);
    }
    avro.put("best", best);
    return avro;
  }

  @Override
  public ClickedItems toDomain(AvroFields fields) {
    return new ClickedItems(
        fields.number("clicks"),
        fields.records("best").stream()
            .map(each -> new ClickedItem(each.item("item"), each.number("clicks")))
            .toList());
  }
}
