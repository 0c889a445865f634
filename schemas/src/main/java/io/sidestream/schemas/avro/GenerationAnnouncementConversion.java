package io.sidestream.schemas.avro;

import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationDecision;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Rollout;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Announcements of generations. */
final class GenerationAnnouncementConversion implements Conversion<GenerationAnnouncement> {
  private static final String SHARE = "share";
  private static final String HELD = "held";
  private static final String DECISIONS = "decisions";

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
    if (schema.getField(SHARE) != null) {
      put(avro, announcement.rollout());
    }
    return avro;
  }

  private static void put(GenericRecord avro, Rollout rollout) {
    avro.put(SHARE, rollout.share().orElse(null));
    avro.put(HELD, rollout.held());
    Schema element = AvroValues.elementOf(avro.getSchema(), DECISIONS);
    avro.put(DECISIONS, rollout.decisions().stream().map(one -> decision(element, one)).toList());
  }

  private static GenericRecord decision(Schema schema, GenerationDecision decision) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("action", decision.action().label());
    avro.put(SHARE, decision.share().orElse(null));
    avro.put("by", decision.author().by());
    avro.put("why", decision.author().why());
    avro.put("at", AvroValues.millis(decision.author().at()));
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
        fields.instant("announcedAt"),
        new Rollout(
            fields.optional(SHARE, Double.class::cast),
            fields.bool(HELD),
            fields.records(DECISIONS).stream()
                .map(GenerationAnnouncementConversion::decision)
                .toList()));
  }

  private static GenerationDecision decision(AvroFields fields) {
    return new GenerationDecision(
        GenerationDecision.Action.of(fields.string("action")),
        fields.optional(SHARE, Double.class::cast),
        new DecisionAuthor(fields.string("by"), fields.string("why"), fields.instant("at")));
  }

  private static Map<String, Double> metrics(AvroFields fields) {
    Map<String, Double> metrics = new TreeMap<>();
    Map<?, ?> avro = (Map<?, ?>) fields.avro().get("metrics");
    avro.forEach((name, value) -> metrics.put(name.toString(), (Double) value));
    return metrics;
  }
}
