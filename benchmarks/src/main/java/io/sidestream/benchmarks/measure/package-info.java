/** What all drivers measure by: CPU time of a process, and lines of JSON. */
package io.sidestream.benchmarks.measure;
