/** What the jobs share: records from Kafka and to Kafka, and how values are written in state. */
package io.sidestream.ingest.flow;
