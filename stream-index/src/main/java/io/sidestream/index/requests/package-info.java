/** Kafka Streams: what people did becomes histories, requests become prompts. */
package io.sidestream.index.requests;
