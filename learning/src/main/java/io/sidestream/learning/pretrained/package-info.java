/**
 * Encoder and generator as published, from folders in Hugging Face layout: {@code
 * PretrainedEncoder} and {@code PretrainedGenerator} are the entries.
 */
package io.sidestream.learning.pretrained;
