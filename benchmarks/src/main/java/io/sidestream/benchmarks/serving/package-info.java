/** What serving the generator costs, by shape, device and number of prompts together. */
package io.sidestream.benchmarks.serving;
