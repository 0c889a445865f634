/** Where jobs run, and where they go on after a stop. */
package io.sidestream.ingest.cluster;
