/** A real Kafka broker inside this JVM. */
package io.sidestream.broker;
