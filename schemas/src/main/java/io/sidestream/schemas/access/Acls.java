package io.sidestream.schemas.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The permissions that each role needs, and no others. */
public final class Acls {
  /*
   * Kafka allows Describe to whom it allows Read, Write, Delete or Alter, and DescribeConfigs to
   * whom it allows AlterConfigs. A producer without transactions needs no IdempotentWrite where it
   * may write to some topic (Kafka 2.8 and newer).
   */
  private final Set<Acl> acls = new LinkedHashSet<>();

  private Acls() {}

  /** Sends items and events. */
  public static List<Acl> producer(Topics topics) {
    return new Acls().write(topics.items(), topics.interactions(), topics.searches()).list();
  }

  /** Sends requests, reads replies, and the titles of their items. */
  public static List<Acl> client(Topics topics) {
    return new Acls()
        .write(topics.searchRequests(), topics.recommendationRequests())
        .read(topics.searchResults(), topics.recommendationResults(), topics.items())
        .list();
  }

  /** Sends requests, items and events for others, and shows the generations and recent users. */
  public static List<Acl> gateway(Topics topics) {
    return new Acls()
        .add(client(topics))
        .add(producer(topics))
        .read(topics.interactions(), topics.generations())
        .list();
  }

  /** The Flink jobs; their transactions have ids that begin like their groups. */
  public static List<Acl> ingest(Topics topics) {
    Topic[] read = {
      topics.items(),
      topics.interactions(),
      topics.searches(),
      topics.generations(),
      topics.trainingRequests()
    };
    return new Acls()
        .read(read)
        .write(topics.pairCounts(), topics.itemNeighbours(), topics.clickedItems())
        .write(topics.trainingRequests(), topics.codedItems())
        .reject(topics, read)
        .add(Acl.groups(topics.namespace().ingestGroups()))
        .add(Acl.transactions(topics.namespace().ingestGroups()))
        .list();
  }

  /** The trainer of a catalogue. */
  public static List<Acl> trainer(Topics topics) {
    return new Acls()
        .read(topics.trainingRequests(), topics.generations(), topics.pairCounts())
        .read(topics.items(), topics.interactions(), topics.searches())
        .read(topics.generationTests())
        .write(topics.generations(), topics.trainingRequests())
        .reject(topics, topics.trainingRequests())
        .add(Acl.group(topics.namespace().trainerGroup()))
        .list();
  }

  /**
   * The index; Kafka Streams names groups and internal topics after the application id.
   *
   * @param replyTopics names of topics beside the result topics that replies may go to
   */
  public static List<Acl> index(
      Topics topics, String applicationId, Collection<String> replyTopics) {
    Acls acls =
        new Acls()
            .read(topics.searchRequests(), topics.recommendationRequests())
            .read(topics.interactions(), topics.searches())
            .read(topics.prompts(), topics.generations())
            .read(topics.codedItems(), topics.items())
            .read(topics.itemNeighbours(), topics.clickedItems())
            .write(topics.prompts(), topics.searchResults(), topics.recommendationResults())
            .write(topics.generationTests())
            .reject(
                topics, topics.searchRequests(), topics.recommendationRequests(), topics.prompts());
    replyTopics.stream().sorted().forEach(topic -> acls.add(Acl.topic(topic, WRITE)));
    return acls.add(Acl.groups(applicationId))
        .add(Acl.topics(applicationId + "-", CREATE, READ, WRITE, DELETE, DESCRIBE_CONFIGS))
        .list();
  }

  /** All that the commands of an operator do. */
  public static List<Acl> operator(Topics topics) {
    Acls acls = new Acls();
    for (Topic topic : topics.all()) {
      acls.add(Acl.topic(topic.name(), CREATE, ALTER, ALTER_CONFIGS));
    }
    for (Topic topic : topics.carrying()) {
      acls.read(topic, topics.rejectedOf(topic)).write(topic, topics.rejectedOf(topic));
    }
    return acls.add(Acl.transactions(topics.namespace().replayTransactions())).list();
  }

  /** Counts the pairs and transitions of all events again. */
  public static List<Acl> counts(Topics topics) {
    return new Acls()
        .read(topics.interactions(), topics.searches())
        .read(topics.pairCounts(), topics.itemNeighbours(), topics.clickedItems())
        .list();
  }

  /** Lists generations. */
  public static List<Acl> generations(Topics topics) {
    return new Acls().read(topics.generations()).list();
  }

  /** Rolls back to the generation before. */
  public static List<Acl> rollback(Topics topics) {
    return new Acls().read(topics.generations()).write(topics.generations()).list();
  }

  /** Requests a training. */
  public static List<Acl> retrain(Topics topics) {
    Acls acls = new Acls().write(topics.trainingRequests());
    for (Topic topic : topics.corpus()) {
      acls.add(Acl.topic(topic.name(), DESCRIBE));
    }
    return acls.list();
  }

  /** Lists the rejected records of topics. */
  public static List<Acl> rejected(Topics topics, Collection<Topic> listed) {
    Acls acls = new Acls();
    listed.forEach(topic -> acls.read(topics.rejectedOf(topic)));
    return acls.list();
  }

  /** Replays the rejected records of topics, each in a transaction. */
  public static List<Acl> replay(Topics topics, Collection<Topic> replayed) {
    Acls acls = new Acls();
    for (Topic topic : replayed) {
      acls.read(topic, topics.rejectedOf(topic)).write(topic, topics.rejectedOf(topic));
    }
    return acls.add(Acl.transactions(topics.namespace().replayTransactions())).list();
  }

  /** Erases users. */
  public static List<Acl> erase(Topics topics) {
    return new Acls()
        .read(topics.interactions(), topics.searches())
        .write(topics.interactions(), topics.searches())
        .list();
  }

  private Acls read(Topic... topics) {
    for (Topic topic : topics) {
      add(Acl.topic(topic.name(), READ));
    }
    return this;
  }

  private Acls write(Topic... topics) {
    for (Topic topic : topics) {
      add(Acl.topic(topic.name(), WRITE));
    }
    return this;
  }

  private Acls reject(Topics all, Topic... topics) {
    for (Topic topic : topics) {
      write(all.rejectedOf(topic));
    }
    return this;
  }

  private Acls add(List<Acl> more) {
    acls.addAll(more);
    return this;
  }

  private List<Acl> list() {
    return new ArrayList<>(acls);
  }
}
