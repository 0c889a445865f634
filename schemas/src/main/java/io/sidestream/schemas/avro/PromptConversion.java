package io.sidestream.schemas.avro;

import io.sidestream.schemas.Prompt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Prompts; the task is a union of its two cases. */
final class PromptConversion implements Conversion<Prompt> {
  private static final String TASK = "task";
  private static final String SEARCH = "ForSearch";
  private static final String TRENDING = "trending";
  private static final String RECOMMENDATION = "ForRecommendation";

  @Override
  public GenericRecord toAvro(Schema schema, Prompt prompt) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put(
        TASK,
        prompt.<GenericRecord>fold(
            search -> search(AvroValues.caseOf(schema, TASK, SEARCH), search),
            recommendation ->
                recommendation(AvroValues.caseOf(schema, TASK, RECOMMENDATION), recommendation)));
    return avro;
  }

  private static GenericRecord search(Schema schema, Prompt.ForSearch search) {
    GenericRecord avro = common(schema, search);
    avro.put("query", search.query());
    return avro;
  }

  private static GenericRecord recommendation(Schema schema, Prompt.ForRecommendation prompt) {
    GenericRecord avro = common(schema, prompt);
    avro.put("history", AvroValues.items(prompt.history()));
    avro.put("userKnown", prompt.userKnown());
    if (schema.getField(TRENDING) != null) {
      avro.put(TRENDING, prompt.trending());
    }
    return avro;
  }

  private static GenericRecord common(Schema schema, Prompt prompt) {
    GenericRecord avro = new GenericData.Record(schema);
    avro.put("k", prompt.k());
    avro.put("excluded", AvroValues.sortedItems(prompt.excluded()));
    avro.put("deadline", AvroValues.optionalMillis(prompt.deadline()));
    SelectionFields.put(avro, prompt.explain());
    SelectionFields.put(avro, prompt.selection());
    return avro;
  }

  @Override
  public Prompt toDomain(AvroFields fields) {
    AvroFields task = fields.record(TASK);
    return task.typeName().equals(SEARCH) ? search(task) : recommendation(task);
  }

  private static Prompt search(AvroFields task) {
    return new Prompt.ForSearch(
        task.string("query"),
        task.integer("k"),
        task.itemSet("excluded"),
        task.optionalInstant("deadline"),
        task.bool("explain"),
        SelectionFields.read(task));
  }

  private static Prompt recommendation(AvroFields task) {
    return new Prompt.ForRecommendation(
        task.items("history"),
        task.bool("userKnown"),
        task.integer("k"),
        task.itemSet("excluded"),
        task.optionalInstant("deadline"),
        task.bool("explain"),
        SelectionFields.read(task),
        task.bool(TRENDING));
  }
}
