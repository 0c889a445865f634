/** Avro at the edge: one codec per event, one schema file per codec. */
package io.sidestream.schemas.avro;
