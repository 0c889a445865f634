/** The ID schemes: how items get their Semantic IDs, one class each, by their published names. */
package io.sidestream.experiments.schemes;
