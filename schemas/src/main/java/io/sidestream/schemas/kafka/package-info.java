/** Kafka at the edge: topics made and read, generations announced, records rejected. */
package io.sidestream.schemas.kafka;
