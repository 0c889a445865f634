/** The ways to give items their Semantic IDs, one class each, by their published names. */
package io.sidestream.experiments.schemes;
