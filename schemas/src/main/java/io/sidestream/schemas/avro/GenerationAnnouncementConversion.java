package io.sidestream.schemas.avro;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Announcements of generations. */
final class GenerationAnnouncementConversion implements Conversion<GenerationAnnouncement> {
  @Override
  public GenericRecord toAvro(Schema schema, GenerationAnnouncement announcement) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("generation", announcement.generation().number());
    avro.put("state", AvroValues.symbol(schema, "state", announcement.state()));
    avro.put("reason", announcement.reason());
    avro.put("manifestSha256", announcement.manifestSha256());
    avro.put("parent", announcement.parent().map(Generation::number).orElse(null));
    avro.put(
        CorpusOffsetsConversion.FIELD,
        CorpusOffsetsConversion.toAvro(schema, announcement.corpus()));
    avro.put("metrics", announcement.metrics());
    avro.put("announcedAt", AvroValues.millis(announcement.announcedAt()));
    return avro;
  }

  @Override
  public GenerationAnnouncement toDomain(AvroFields fields) {
    return new GenerationAnnouncement(
        new Generation(fields.number("generation")),
        fields.symbol("state", GenerationState.class),
        fields.string("reason"),
        fields.string("manifestSha256"),
        fields.optional("parent", number -> new Generation((Long) number)),
        CorpusOffsetsConversion.toDomain(fields),
        metrics(fields),
        fields.instant("announcedAt"));
  }

  private static Map<String, Double> metrics(AvroFields fields) {
    Map<String, Double> metrics = new TreeMap<>();
    Map<?, ?> avro = (Map<?, ?>) fields.avro().get("metrics");
    avro.forEach((name, value) -> metrics.put(name.toString(), (Double) value));
    return metrics;
  }
}
