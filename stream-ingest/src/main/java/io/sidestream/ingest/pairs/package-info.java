/** The counting job: events to co-occurrence counts of pairs. */
package io.sidestream.ingest.pairs;
