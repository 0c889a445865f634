/**
 * From a training request to a published generation: the process, its settings and the pipeline.
 */
package io.sidestream.trainer;
