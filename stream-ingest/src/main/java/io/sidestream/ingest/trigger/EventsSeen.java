package io.sidestream.ingest.trigger;

/**
 * Records that one partition of an event topic brought.
 *
 * @param next one past the last of them
 * @param records how many they are
 */
record EventsSeen(String topic, int partition, long next, long records) implements TrainingSignal {
  @Override
  public String key() {
    return topic + "/" + partition;
  }

  @Override
  public TrainingSignal then(TrainingSignal later) {
    EventsSeen more = (EventsSeen) later;
    return new EventsSeen(topic, partition, more.next, records + more.records);
  }

  @Override
  public <E extends Exception> void read(Reader<E> reader) throws E {
    reader.events(this);
  }
}
