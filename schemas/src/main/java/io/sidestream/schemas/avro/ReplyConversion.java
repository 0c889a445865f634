package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Arm;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SemanticId;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Replies. The generation is written once: no reply on the wire can mix two. A status that readers
 * of earlier versions do not know is written as one that they know, and a field beside it.
 */
final class ReplyConversion implements Conversion<Reply> {
  private static final String OVERLOADED = "overloaded";
  private static final String ARM = "arm";
  private static final String QUERY_TRUNCATED = "queryTruncated";

  @Override
  public GenericRecord toAvro(Schema schema, Reply reply) {
    GenericRecord avro = new GenericData.Record(schema);
    boolean overloaded = reply.status() == Reply.Status.OVERLOADED;
    avro.put(
        "status",
        AvroValues.symbol(schema, "status", overloaded ? Reply.Status.NOT_READY : reply.status()));
    avro.put("detail", reply.detail());
    avro.put("generation", reply.generation().map(Generation::number).orElse(null));
    Schema element = AvroValues.elementOf(schema, "items");
    avro.put("items", reply.items().stream().map(item -> ranked(element, item)).toList());
    if (schema.getField(OVERLOADED) == null) { // the former schema, of replies without either
      return avro;
    }
    avro.put(OVERLOADED, overloaded);
    avro.put(
        "explanation",
        reply
            .explanation()
            .map(
                one ->
                    ExplanationConversion.toAvro(
                        AvroValues.caseOf(schema, "explanation", "Explanation"), one))
            .orElse(null));
    avro.put(ARM, reply.arm().map(Arm::label).orElse(null));
    if (schema.getField(QUERY_TRUNCATED) != null) {
      avro.put(QUERY_TRUNCATED, reply.queryTruncated());
    }
    return avro;
  }

  private static GenericRecord ranked(Schema schema, RankedItem ranked) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("item", ranked.item().value());
    avro.put("score", ranked.score());
    avro.put("codes", AvroValues.integers(ranked.id().codes()));
    return avro;
  }

  @Override
  public Reply toDomain(AvroFields fields) {
    Optional<Generation> generation =
        fields.optional("generation", number -> new Generation((Long) number));
    List<AvroFields> items = fields.records("items");
    check(generation.isPresent() || items.isEmpty(), "reply holds items but no generation");
    return new Reply(
        fields.bool(OVERLOADED)
            ? Reply.Status.OVERLOADED
            : fields.symbol("status", Reply.Status.class),
        fields.string("detail"),
        generation,
        items.stream().map(item -> ranked(generation.orElseThrow(), item)).toList(),
        fields.optional(
            "explanation",
            avro -> ExplanationConversion.toDomain(new AvroFields((GenericRecord) avro))),
        fields.optional(ARM, label -> Arm.of(label.toString())),
        fields.bool(QUERY_TRUNCATED));
  }

  private static RankedItem ranked(Generation generation, AvroFields fields) {
    return new RankedItem(
        fields.item("item"),
        fields.real("score"),
        new SemanticId(generation, fields.integers("codes")));
  }
}
