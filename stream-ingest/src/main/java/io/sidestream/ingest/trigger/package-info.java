/** The request job: when to ask for a new generation. */
package io.sidestream.ingest.trigger;
