/** The counting job: events to totals of pairs. */
package io.sidestream.ingest.pairs;
