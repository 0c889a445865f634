/** The request job: when to request the training of a new generation. */
package io.sidestream.ingest.trigger;
