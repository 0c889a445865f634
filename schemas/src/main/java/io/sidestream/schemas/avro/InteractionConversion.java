package io.sidestream.schemas.avro;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.UserId;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Interactions. */
final class InteractionConversion implements Conversion<Interaction> {
  @Override
  public GenericRecord toAvro(Schema schema, Interaction interaction) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("user", interaction.user().value());
    avro.put("item", interaction.item().value());
    avro.put("kind", interaction.kind());
    avro.put("weight", interaction.weight());
    avro.put("at", AvroValues.millis(interaction.at()));
    EventIds.put(avro, interaction.id());
    return avro;
  }

  @Override
  public Interaction toDomain(AvroFields fields) {
    return new Interaction(
        new UserId(fields.string("user")),
        fields.item("item"),
        fields.string("kind"),
        fields.real("weight"),
        fields.instant("at"),
        EventIds.read(fields));
  }
}
