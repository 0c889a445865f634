/** Models of folders in Hugging Face layout, that experiments take in place of the bundled ones. */
package io.sidestream.experiments.pretrained;
