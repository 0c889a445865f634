/** A generation on disk: what is in it, how it is written, how it is checked when it is opened. */
package io.sidestream.model.bundle;
