/** Schemas from a registry with the interface of Confluent's. */
package io.sidestream.schemas.registry;
