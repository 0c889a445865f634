/** Findings of experiments as values, and their JSON, plain tables and HTML page. */
package io.sidestream.report;
