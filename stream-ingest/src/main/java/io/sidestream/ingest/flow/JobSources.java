package io.sidestream.ingest.flow;

import io.sidestream.schemas.Topic;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
    String name = "decode-" + topic.name();
    return kafka
        .read(environment, job, topic)
        .process(new DecodeFunction<>(topic.name(), owner, decoder), type)
        .uid(name)
        .name(name);
  }
}
