/** The bundle, a generation on disk: content, writing, verification on opening. */
package io.sidestream.model.bundle;
