package io.sidestream.schemas.avro;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.CorpusOffsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The corpus ends that training requests and announcements share: a list of topics. */
final class CorpusOffsetsConversion {
  static final String FIELD = "corpus";

  private CorpusOffsetsConversion() {}

  static List<GenericRecord> toAvro(Schema schema, CorpusOffsets offsets) {
    Schema element = AvroValues.elementOf(schema, FIELD);
    List<GenericRecord> topics = new ArrayList<>();
    offsets
        .ends()
        .forEach(
            (topic, partitions) -> {
              GenericRecord avro = new GenericData.Record(element);
              avro.put("topic", topic);
              avro.put("partitions", partitions(element, partitions));
              topics.add(avro);
            });
    return topics;
  }

  private static List<GenericRecord> partitions(Schema topic, Map<Integer, Long> ends) {
    Schema element = AvroValues.elementOf(topic, "partitions");
    List<GenericRecord> partitions = new ArrayList<>();
    ends.forEach(
        (partition, end) -> {
          GenericRecord avro = new GenericData.Record(element);
          avro.put("partition", partition);
          avro.put("end", end);
          partitions.add(avro);
        });
    return partitions;
  }

  static CorpusOffsets toDomain(AvroFields fields) {
    Map<String, Map<Integer, Long>> ends = new LinkedHashMap<>();
    for (AvroFields topic : fields.records(FIELD)) {
      Map<Integer, Long> partitions = new LinkedHashMap<>();
      for (AvroFields partition : topic.records("partitions")) {
        int number = partition.integer("partition");
        check(
            partitions.put(number, partition.number("end")) == null,
            "corpus names partition %d twice",
            number);
      }
      String name = topic.string("topic");
      check(ends.put(name, partitions) == null, "corpus names topic %s twice", name);
    }
    return new CorpusOffsets(ends);
  }
}
