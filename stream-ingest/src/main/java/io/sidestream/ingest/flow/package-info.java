/** What the jobs share: Kafka sources and sinks, rejected records, versioned serializers. */
package io.sidestream.ingest.flow;
