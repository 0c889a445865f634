/** Where items lie before they get an ID: one space for each way to learn vectors, made once. */
package io.sidestream.experiments.embedding;
