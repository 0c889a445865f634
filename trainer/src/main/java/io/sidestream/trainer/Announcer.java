package io.sidestream.trainer;

import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;

/** Publishes announcements: to the topic of generations, or to a list in a test. */
interface Announcer {
  /** Returns when the announcement is acknowledged. */
  void announce(GenerationAnnouncement announcement) throws IOException, InterruptedException;
}
