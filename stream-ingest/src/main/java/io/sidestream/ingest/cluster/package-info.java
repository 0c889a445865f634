/** The Flink cluster in this process, and the checkpoints that jobs restart from. */
package io.sidestream.ingest.cluster;
