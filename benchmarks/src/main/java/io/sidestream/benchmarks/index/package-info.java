/** The index at size: changes, exact scans and answers by number of items. */
package io.sidestream.benchmarks.index;
