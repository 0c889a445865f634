/**
 * Transformers inside one training step: the text encoders BERT and MPNet, and T5's encoder and
 * decoder. Weights have the names of Hugging Face; who fills them in is another package's matter.
 */
package io.sidestream.learning.transformer;
