/** The generator: a prompt becomes the Semantic IDs that most likely answer it. */
package io.sidestream.model.generator;
