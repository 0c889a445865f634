package io.sidestream.ingest.flow;

import io.sidestream.schemas.Topic;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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
    return process("decode-" + topic.name(), records, topic, type, owner, decoder);
  }

  /** Those values of a topic's records that a decoder of no rejections finds. */
  public <T> SingleOutputStreamOperator<T> select(
      String name,
      DataStream<InboundRecord> records,
      Topic topic,
      TypeInformation<T> type,
      Class<?> owner,
      Decoder<T> decoder) {
    return process(name + "-" + topic.name(), records, topic, type, owner, decoder);
  }

  private static <T> SingleOutputStreamOperator<T> process(
      String name,
      DataStream<InboundRecord> records,
      Topic topic,
      TypeInformation<T> type,
      Class<?> owner,
      Decoder<T> decoder) {
    return records
        .process(new DecodeFunction<>(topic.name(), owner, decoder), type)
        .uid(name)
        .name(name);
  }
}
