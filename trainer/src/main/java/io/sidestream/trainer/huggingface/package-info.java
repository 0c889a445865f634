/**
 * Encoder and generator as published, from folders in Hugging Face layout: {@code PublishedEncoder}
 * and {@code PublishedGenerator} are the entries.
 */
package io.sidestream.trainer.huggingface;
