/** The generator as it learns: a T5 over prompts that writes Semantic IDs, and its way to ONNX. */
package io.sidestream.learning.generator;
