/** What ships, trained by the trainer's own path and ranked by the code that serves. */
package io.sidestream.experiments.fullsystem;
