/** The ingest process: three Flink jobs from Kafka to Kafka. */
package io.sidestream.ingest;
