package io.sidestream.ingest.trigger;

/**
 * New records of one partition of an event topic.
 *
 * @param next one past the last of them
 * @param records their number
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
  public <E extends Exception> void accept(Visitor<E> visitor) throws E {
    visitor.events(this);
  }
}
