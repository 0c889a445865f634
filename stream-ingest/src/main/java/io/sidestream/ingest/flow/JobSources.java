package io.sidestream.ingest.flow;

import io.sidestream.schemas.Topic;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;

/** The sources of one job: each reads a topic and decodes its records. */
public record JobSources(
    StreamExecutionEnvironment environment, KafkaConnectors kafka, String job) {
  /**
   * The values of a topic; malformed records are in the side output {@link
   * DecodeFunction#REJECTED}.
   *
   * @param owner the class of the decoder, as written into rejected records
   */
  public <T> SingleOutputStreamOperator<T> decode(
      Topic topic, TypeInformation<T> type, Class<?> owner, Decoder<T> decoder) {
    return decode(read(topic), topic, type, owner, decoder);
  }

  /** The same, read and decoded by one subtask. */
  public <T> SingleOutputStreamOperator<T> decodeInOne(
      Topic topic, TypeInformation<T> type, Class<?> owner, Decoder<T> decoder) {
    return decode(
            kafka.read(environment, job, topic).setParallelism(1), topic, type, owner, decoder)
        .setParallelism(1);
  }

  /** All records of a topic, for more than one decoder. */
  public DataStream<InboundRecord> read(Topic topic) {
    return kafka.read(environment, job, topic);
  }

  /** The values of a topic's records; malformed ones are in the side output, likewise. */
  public <T> SingleOutputStreamOperator<T> decode(
      DataStream<InboundRecord> records,
      Topic topic,
      TypeInformation<T> type,
      Class<?> owner,
      Decoder<T> decoder) {
    String name = "decode-" + topic.name();
    return records
        .process(new DecodeFunction<>(topic.name(), owner, decoder), type)
        .uid(name)
        .name(name);
  }

  /** What a function finds in records that are decoded elsewhere: it rejects and counts none. */
  public <T> SingleOutputStreamOperator<T> select(
      DataStream<InboundRecord> records,
      String name,
      TypeInformation<T> type,
      SerializableFunction<InboundRecord, Optional<T>> find) {
    return records
        .flatMap((record, out) -> find.apply(record).ifPresent(out::collect), type)
        .uid(name)
        .name(name);
  }
}
