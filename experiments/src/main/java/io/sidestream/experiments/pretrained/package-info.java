/** Models in Hugging Face folders, in place of the bundled ones. */
package io.sidestream.experiments.pretrained;
