/** Kafka Streams: interactions become user histories, requests become prompts. */
package io.sidestream.index.requests;
