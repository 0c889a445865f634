/** Files and native handles: hashes, atomic replacement, reference counts, closing in order. */
package io.sidestream.model.resources;
