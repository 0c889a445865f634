package io.sidestream.cli.demo;

import io.sidestream.datasets.Dataset;

/** The catalogue and the people that the tour shows. */
public interface DemoDataset {
  /** Names it in one line; a work directory holds one world. */
  String name();

  /** What is produced before anything is learned. */
  Dataset first();

  /**
   * What happens later: events that follow the ones before.
   *
   * @param round how often later events were produced already
   */
  Dataset later(int round);
}
