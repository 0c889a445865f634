/** A generation becomes known: announcements, and which bundles stay on disk. */
package io.sidestream.trainer.publication;
