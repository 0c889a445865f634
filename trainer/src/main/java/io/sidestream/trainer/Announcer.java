package io.sidestream.trainer;

import io.sidestream.schemas.GenerationAnnouncement;
import java.io.IOException;

/** Where announcements go: the topic of generations, or a list in a test. */
interface Announcer {
  /** Returns when the announcement is known to be kept. */
  void announce(GenerationAnnouncement announcement) throws IOException, InterruptedException;
}
